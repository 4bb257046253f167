"""The three accounts: what a shop sells, how it advertises, what was broken on purpose."""
