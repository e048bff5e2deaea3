-- REES46's events (event_time, event_type, product_id, category_id, category_code, brand, price, user_id, user_session)
-- as rows of clickstream. What REES46 does not have stays NULL.
SELECT
  'e' || CAST(line_number AS STRING) AS event_id,
  user_session AS session_id,
  user_id,
  CASE event_type
    WHEN 'view' THEN 'page_view'
    WHEN 'cart' THEN 'add_to_cart'
    ELSE event_type
  END AS event_type,
  '/p/' || product_id AS page_url,
  product_id,
  SUBSTRING(event_time FROM 1 FOR 19) AS `timestamp`
FROM input
