"""How it looks: pictures and documents drawn from answers."""
