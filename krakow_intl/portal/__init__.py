"""The roof: the pages that belong to no app, and the search over all of them."""
