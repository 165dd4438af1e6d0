"""Pictures of things: a photo's cut-out or a drawn element, and how it comes to stand in a scene with its pixels kept."""
