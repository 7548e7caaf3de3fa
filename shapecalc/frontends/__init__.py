"""Front ends: each reads one kind of file into a `Program`."""
