"""A sheet of agreements on its way into the register: understood, planned, shown, applied, and undone if need be.

`planning.plan_import` reads a file and says what each row would do; `applying.apply_import` does it, all or nothing;
`undo.undo_import` takes back what nobody touched since. `vocabulary` loads all that rows are compared with, once.
What would do for any list stands in `krakow_intl.imports`.
"""
