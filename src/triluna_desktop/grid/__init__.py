"""The week grid's brain, without Qt: where things lie, what a gesture means, what there is to draw."""
