// Escape takes away what a dot of the map shows while it is pointed at or focused, so that nothing under it stays hidden.
for (const maps of document.querySelectorAll(".maps")) {
  const show = () => maps.classList.remove("maps--quiet");
  document.addEventListener("keydown", ({ key }) => key === "Escape" && maps.classList.add("maps--quiet"));
  maps.addEventListener("pointerover", show);
  maps.addEventListener("focusin", show);
}
