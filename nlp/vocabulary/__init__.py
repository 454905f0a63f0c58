"""Knowledge of the field as TOML files, and their reader."""
