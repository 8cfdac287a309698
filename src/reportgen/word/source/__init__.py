"""The files of an edition as authors save them: opened, mended, linted, joined."""
