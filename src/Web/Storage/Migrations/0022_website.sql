-- The websites that may show the booking in a frame. What stands here goes into a header as it is, so nothing may stand
-- here that ends the header's word or means more than one website.
CREATE TABLE embedding_origin (
  position INTEGER PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE CHECK (origin GLOB 'http*://*' AND origin NOT GLOB '*[^a-z0-9.:/-]*' AND length(origin) <= 262)
) STRICT;
