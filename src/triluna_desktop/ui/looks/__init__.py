"""Looking at bookable hours from farther away: a year as a map, the weekdays, the coming weeks."""
