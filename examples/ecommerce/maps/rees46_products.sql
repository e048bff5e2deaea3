-- The catalogue within REES46's events: each event carries its product's data, the last one counts.
SELECT
  product_id,
  COALESCE(brand, 'unbranded') || ' ' || product_id AS name,
  SPLIT_INDEX(category_code, '.', 0) AS category,
  SPLIT_INDEX(category_code, '.', 1) AS subcategory,
  CAST(price AS DOUBLE) AS price,
  brand
FROM input
