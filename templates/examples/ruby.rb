require "oauth"

$stdout.sync = true # what is asked is seen before it is answered, through a pipe too

FORGE = "https://forge.example.org"
PLUGIN = "/plugins/oauthprovider"

consumer = OAuth::Consumer.new(
  ENV.fetch("CONSUMER_KEY"), ENV.fetch("CONSUMER_SECRET"),
  site: FORGE,
  request_token_path: "#{PLUGIN}/request_token",
  authorize_path: "#{PLUGIN}/authorize",
  access_token_path: "#{PLUGIN}/access_token"
)
temporary = consumer.get_request_token(oauth_callback: "oob")
puts "Open this page, choose a role, and authorize:", temporary.authorize_url
print "The code on the page: "
# Keep `token.token` and `token.secret`: they are what your tool acts with from now on.
token = temporary.get_access_token(oauth_verifier: $stdin.gets.strip)
puts "token: #{token.token[0, 6]}…"

puts token.get("#{PLUGIN}/echo?message=hello").body
