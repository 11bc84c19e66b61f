module changeover/clients

go 1.23

require github.com/Shopify/toxiproxy/v2 v2.12.0
