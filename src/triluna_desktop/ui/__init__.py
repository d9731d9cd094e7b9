"""What is on the screen. The only package that imports Qt."""
