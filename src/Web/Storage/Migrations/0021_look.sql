-- How the practice looks to owners; no row as long as nothing was changed.
CREATE TABLE look (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  -- As it was chosen, like #0b6b5d; what is shown is derived from it and can always be read.
  colour TEXT NOT NULL CHECK (length(colour) = 7 AND colour GLOB '#*' AND substr(colour, 2) NOT GLOB '*[^0-9a-f]*'),
  corners TEXT NOT NULL CHECK (corners IN ('square', 'slight', 'round', 'very-round')),
  font TEXT NOT NULL CHECK (font IN ('system', 'serif', 'round', 'warm'))
) STRICT;

-- The logo and the photos of people, as this program has drawn them anew: never as they were sent.
CREATE TABLE picture (
  id INTEGER PRIMARY KEY,
  -- Whose photo it is; null for the logo.
  resource_id TEXT REFERENCES resource (id) ON DELETE CASCADE,
  -- 0 for one that was sent and is still to be looked at.
  published INTEGER NOT NULL CHECK (published IN (0, 1)),
  -- The last part of its address, with a hash of its content.
  name TEXT NOT NULL,
  width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 480),
  height INTEGER NOT NULL CHECK (height BETWEEN 1 AND 480),
  content BLOB NOT NULL CHECK (length(content) BETWEEN 1 AND 40960)
) STRICT;

CREATE UNIQUE INDEX picture_once ON picture (coalesce(resource_id, ''), published);
