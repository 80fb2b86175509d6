"""Pictures of the demo shop: one SVG a product, drawn by us from simple shapes and a palette."""
