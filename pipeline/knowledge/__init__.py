"""What we know of the papers' world: YAML files, checked when they are loaded, and the loaders that check them."""
