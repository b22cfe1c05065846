### What the pages say, in English. de.ftl holds the same messages in German; a test compares the two.

## frame

# The name of the program, in the head of every page and in every title.
frame-brand = Forge OAuth provider
frame-skip = Skip to the content
frame-main = Main
frame-projects = Projects
frame-tokens = My tokens
frame-tools = Tools
frame-users = Users
frame-overview = Overview
frame-audit = Audit log
frame-refusals = Refusals
frame-authors = For tool authors
frame-logged-in-as = Logged in as { $name }
frame-log-in = Log in
frame-log-out = Log out
frame-promise = Tools act here with exactly one of your roles.
frame-front-page = Front page
frame-language = Language

## times

time-now = just now
time-years-ago = { $count ->
    [one] 1 year ago
   *[other] { $count } years ago
}
time-years-ahead = { $count ->
    [one] in 1 year
   *[other] in { $count } years
}
span-years = { $count ->
    [one] 1 year
   *[other] { $count } years
}
time-months-ago = { $count ->
    [one] 1 month ago
   *[other] { $count } months ago
}
time-months-ahead = { $count ->
    [one] in 1 month
   *[other] in { $count } months
}
time-days-ago = { $count ->
    [one] yesterday
   *[other] { $count } days ago
}
time-days-ahead = { $count ->
    [one] tomorrow
   *[other] in { $count } days
}
span-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
time-hours-ago = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
time-hours-ahead = { $count ->
    [one] in 1 hour
   *[other] in { $count } hours
}
span-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
time-minutes-ago = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
time-minutes-ahead = { $count ->
    [one] in 1 minute
   *[other] in { $count } minutes
}
span-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
time-seconds-ago = { $count ->
    [one] 1 second ago
   *[other] { $count } seconds ago
}
time-seconds-ahead = { $count ->
    [one] in 1 second
   *[other] in { $count } seconds
}
span-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}

## lists

list-filter = Show
list-clear = Show all
list-next = Next page
list-looked-enough = Not all were looked at yet. “Next page” goes on from here.
list-none-yet = None so far
list-none-yet-next = There is much here, and not all of it was looked at yet. “Next page” goes on.
list-first = Back to the first page
list-pages = Pages of this list
dialog-cancel = Cancel
form-optional = optional
form-error = Error:
form-reason = Reason
form-reason-hint = For the audit log.
copy = Copy
copied = Copied

## roles

right-read = read items
right-submit = file items
right-tech = open and close items
right-manager = change items
right-vote = vote
role-in-project = <strong>{ $role }</strong> in { $project }
role-of-forge = <strong>{ $role }</strong> on the whole forge
role-all-projects = all projects
role-may = In <strong>{ $tracker }</strong> it can { $rights }.
role-may-not = It cannot { $rights }.
role-cannot-see = It cannot see { $trackers }.
role-further = { $count ->
    [one] It can do something in 1 further tracker.
   *[other] It can do something in { $count } further trackers.
}
role-runs-forge = It can run the whole forge: every project and every tracker in it, and the tools.
role-runs-project = It can run the project: its trackers, its roles and who holds them.
role-sees-project = It can see that the project is there, and nothing else.
role-can-nothing = It can do nothing at present.
lacks-tracker = Too little for this tool, which needs to { $rights } in one tracker.
lacks-project-read = Too little for this tool, which needs to see a project.
lacks-project-admin = Too little for this tool, which needs to run a project.
lacks-forge-admin = Too little for this tool, which needs to run the whole forge.
roles-before = Roles before these
roles-after = Further roles
lifetime-label = It may act for you for
lifetime-until-revoked = until I revoke it
label-label = Name of this access
label-hint = By which you will know it under “My tokens”: what the tool does with it, or where it runs.
tool-name = Tool
tool-about = About it
tool-home = Home page
tool-contact = Contact
tool-registered = Registered here
tool-used-by = Used here by
tool-users = { $count ->
    [0] nobody
    [one] 1 person
   *[other] { $count } people
}
tool-users-or-more = { $count } people or more
tool-unused = Nobody here uses this tool yet. Make sure that it is the one you mean before you let it act for you.

## login

login-title = Log in
login-user = User name
login-password = Password
login-button = Log in
login-wrong = The user name or the password is wrong.
login-here-only = Type your password on this page only. A tool that wants to act for you never needs it.
code-title = One step left
code-lead = Carry this code to { $tool }. It works once.
code-heading = Your code
code-words = Select it, copy it, and paste it where { $tool } asks for it. Give it to nobody else.
code-denied = Nothing was granted
code-denied-lead = { $tool } cannot act for you. You may close this page.
code-which-tools = Which tools act for me?

## problems

problem-title-wrong-here = Something went wrong
problem-title-senseless = That request makes no sense
problem-title-not-allowed = Not allowed
problem-title-nothing = Nothing here
problem-title-not-that-way = Not that way
problem-title-too-late = Too late
problem-title-too-many = Too many attempts
problem-title-in-a-moment = Back in a moment
problem-title-did-not-work = That did not work
problem-front-page = Go to the front page
problem-reference = If you ask for help, quote this reference: <code>{ $reference }</code>
problem-other-session = This form does not belong to your session.
problem-again-anonymous = What you filled in is kept here, but for passwords and other secrets. Log in on another page, come back to this one, and send it again.
problem-again-session = You have logged in since the form was opened. What you filled in is kept here, but for passwords and other secrets: if you are logged in as the one you mean to be, send it again.
problem-log-in-elsewhere = Log in on another page
problem-again-passing = What you filled in is kept here, but for passwords and other secrets: you can send it again.
problem-try-again = Try again
problem-go-back = What you filled in is too long to be kept on this page. Go back in your browser to find it, and send it again later.
problem-role-not-held = The role { $name } is no longer held.
problem-lacks = This needs { $name }.
problem-anonymous = Nobody is logged in.
problem-not-found = There is nothing here, or nothing for you.
problem-no-such-refusal = There is no such refusal, or none of a tool of yours, or it is over a quarter of an hour old. When very many are refused at once, not all of them are kept.
problem-media-type = The body must be application/json.
problem-body-too-large = The body is over { $count } bytes.
problem-head-too-large = Request line and headers are over { $count } bytes.
problem-line-too-long = The request line is over { $count } bytes.
problem-body-incomplete = The body did not arrive.
problem-method = This address accepts only { $name }.
problem-too-many = Too many attempts. Try again in { $count } seconds.
problem-busy = The service has more to do at once than it can. Try again in a moment.
problem-unavailable = The service cannot reach its database. Try again in a moment.
problem-unopened = Something that this needs cannot be opened here. Whoever runs the service finds it in the log under { $name }.
problem-internal = Something went wrong here. The log has it under { $name }.
# Sentences that answers to programs hold too: a page finds its own by the English one.
said-role-too-small = This role lets the tool do less than it needs. Choose another one.
said-signed-no-page = A signed request opens no page: pages are for people.
said-pages-for-people = Pages are for people.
said-only-signed-echo = Only a signed request is echoed.
said-only-signed-token = Only a signed request holds a token.
said-admins-only = This page is for the administrators of the forge.
said-other-site = This form was posted from another site.
said-decided = This request was decided already, or its time ran out.
said-tool-disabled = The tool that asks is disabled on this forge.
said-no-such-role = There is no such role.
said-not-held = You do not hold this role.
said-too-long = Access for so long is not given here.
said-choose-role = Choose one of your roles.
said-choose-decision = Choose whether to authorize or to deny.
said-choose-time = Choose one of the times that are offered.
said-choose-secret = Choose what becomes of the former secret.
said-mail-by-admins = An e-mail address is changed by an administrator of the forge.
said-project-admins-only = This page is for the administrators of the project.
said-decide-themselves = Everybody decides for themselves whether tools may act for them.
said-something = Something in it is wrong.
said-name-length = must be 1 to 128 characters long
said-name-characters = must be letters, digits, '.', '_' and '-' (ASCII), beginning with a letter or digit
said-taken = is taken
said-taken-or-key = is taken, or the key is
said-url = must be an http or https address without a user name
said-mail = must be a mail address
said-text = must be printable text of at most { $most } characters
said-at-most = must be at most { $most }
said-no-user = there is no user { $name }
said-callback-scheme = { $callback }: a callback is "oob" or an absolute http or https URL
said-callback-host = { $callback }: a callback needs a valid host and port
said-callback-user = { $callback }: a callback must not hold a user name or password
said-callback-fragment = { $callback }: a callback must not have a fragment
said-callback-characters = { $callback }: a callback must not hold control characters, blanks or backslashes
said-callback-length = { $callback }: a callback has at most 2,000 bytes
said-key-private = this is a private key: keep it secret and register its public half (openssl pkey -pubout)
said-key-certificate = this is a certificate: register the public key in it (openssl x509 -pubkey -noout)
said-key-pkcs1 = this is a PKCS#1 key: register it as SubjectPublicKeyInfo (openssl rsa -RSAPublicKey_in -pubout)
said-key-none = this is not a PEM public key (one block that starts with -----BEGIN PUBLIC KEY-----)
said-key-kind = this is not an RSA key (rsaEncryption)
said-key-size = an RSA key has 2048 to 8192 bits, this one has { $bits }
said-key-numbers = the modulus or the exponent of this RSA key is not usable
said-network = { $block } is not an IP address or CIDR block, such as 10.0.0.7 or 10.0.0.0/8
said-network-bits = { $block } has more than { $bits } bits before the slash
said-network-beyond = { $block } has bits set beyond the first { $bits }; did you mean { $meant }?
said-needs-unknown = { $word } is nothing that can be needed; there are tracker=…, project=… and forge=admin
said-needs-value = { $word }: of a tracker there are { $levels } or rights such as read,vote; of a project read and admin; of the forge admin
said-needs-twice = { $word } is there twice
said-own-base-string = The client's own base string: at most { $most } bytes are compared, and these are { $bytes }.
# Refusals explained: what they mean, what the client did, where its base string differs, and what was seen.
said-remedy-absent = Something that every request of this kind must carry is missing: { $names }.
said-remedy-version = oauth_version is 1.0 or left out. Clients that send 1.0A name the specification; its version number is still 1.0.
said-remedy-method = Use HMAC-SHA1 or HMAC-SHA256; RSA-SHA1 and RSA-SHA256 work for a tool that registered its public key. PLAINTEXT is for nobody.
said-remedy-nothing-signed = There is no oauth_ parameter at all. If the client sent some, a proxy or web server in between took the Authorization header away.
said-remedy-rejected = The request is malformed, or a value in it is not acceptable. What the service told the client says which.
said-remedy-verifier = The verifier is not the one that came with the user's decision. Send that one, whole and as it came; the fifth wrong one ends the request token.
said-remedy-nonce = This very request, or another with its nonce and time stamp, was accepted before. Make a new nonce for each request, retries included, and sign again. If nobody repeated it, look for a proxy or a library that sends requests twice, or for two processes whose random numbers begin alike.
said-remedy-signature = The signature does not fit what arrived and the secrets that are registered. The lines below say what the client probably did; if they do not, paste the client's own base string.
said-remedy-unknown = No tool is registered under this consumer key. Look for a typing error, a key that was cut, or the key of another forge.
said-remedy-disabled = The tool is registered and disabled. An administrator of the forge enables it on its page, or with oauthprovider consumer enable.
said-remedy-elsewhere = The signature was right, and the tool may not ask from the address that the request came from. An administrator of the forge says from where it may, on its page or with oauthprovider consumer networks. If the address is a proxy's, name the proxy in trusted_proxies.
said-remedy-too-many = There were too many requests, of the tool, with its token, or from this address. Wait as long as Retry-After says, and ask less.
said-remedy-resting = So many signatures were wrong within a minute, for the token or, where there is none, for the tool from this address, that none is good until the minute is over: a right one neither. Look up one of the refusals before and mend what it names, then wait as long as Retry-After says.
said-remedy-token = The token is unknown, another tool's, of the other kind (a request token where an access token belongs, or the reverse), was ended by wrong verifiers, or its user is suspended. Start again with a request token.
said-remedy-used = The request token was exchanged already. Use the access token that came of it; if its answer was lost, start again.
said-remedy-expired = The token's time is over. Start again with a request token.
said-remedy-revoked = The user, or an administrator, took the token back. Forget it, and ask the user to authorize again.
said-remedy-undecided = The user has not decided yet. Exchange the token when the callback comes, or the code.
said-remedy-denied = The signature was right, and the user said no. Do not ask again unbidden.
said-remedy-role-not-held = The signature was right. The user does not hold the token's role any more, or tools are not let in for it; the token works again when that is over. GET /api/token, signed with it, says why.
said-remedy-lacks = The signature was right. The token's role lacks the right that the answer names in needs: the user authorizes the tool under another role.
said-remedy-page = A signed request opens no page: pages are for people at a browser. Call an address of the API, or send no oauth_signature and no OAuth header.
said-remedy-address = Too many requests came from this address. Wait as long as Retry-After says, and ask less.
said-remedy-body = The body is over { $most } KiB. It was not read, and the signature not looked at. Send less.
said-remedy-head = Request line and headers together are over { $most } KiB; the signature was not looked at. Send parameters in a form body instead of the query, and fewer headers: a proxy in between may add some.
said-remedy-line = The request line is over { $most } KiB; the signature was not looked at. Send parameters in a form body instead of the query.
said-remedy-incomplete = The body broke off or took too long, so the signature was not looked at. Look at the connection, and at what is in between; Content-Length must say what is sent.
said-remedy-clock = The request { $said }, and { $allowed } seconds are allowed. Set the client's clock (NTP does), and send seconds since 1970 in UTC, not milliseconds. If the clocks agree, the request waited somewhere before it was sent.
said-dated-none = has no readable time stamp
said-dated-now = has the time of this server
said-dated-never = has a time stamp that no clock shows
said-dated-ahead = is dated { $said } ahead of this server's clock
said-dated-behind = is dated { $said } behind this server's clock
said-seconds = { $seconds } s
said-seconds-minutes = { $seconds } s (about { $about } minutes)
said-seconds-hours = { $seconds } s (about { $about } hours)
said-seconds-days = { $seconds } s (about { $about } days)
said-finding = This signature is what a client makes that { $said }.
said-finding-of-two = This signature is what a client makes that { $said }, and that { $said-too }.
said-finding-of-three = This signature is what a client makes that { $said }, and that { $said-too }, and that { $said-third }.
said-mistake-origin = signs for { $origin } ({ $said })
said-slip-proxy = the public URL of this service has the other scheme: where a proxy speaks TLS, public_urls names the https address that clients call
said-slip-port-dropped = the port belongs to the URI unless it is the scheme's default
said-slip-port-kept = the default port is left out of the URI
said-slip-other-name = another public name of this service than the one the request came to
said-slip-host = as the Host header says; this service is known by its configured public URL, in lower case
said-slip-loopback = localhost and 127.0.0.1 are two names
said-mistake-other-method = signs the method { $method } and sends another
said-mistake-left-out = sends { $name } and leaves it out of the base string
said-mistake-added-empty = signs an empty { $name } that it does not send
said-mistake-added = adds { $name }={ $value } to the base string and does not send it so
said-mistake-slash-added = signs the path with a slash at its end and sends it without
said-mistake-slash-dropped = signs the path without the slash at its end that it sends
said-mistake-path-decoded = decodes the path before it signs it; the path is signed as it stands on the wire
said-mistake-path-twice = escapes the path that it sends once more before it signs it
said-mistake-query-in-uri = leaves the query in the URI; its parameters belong among the others, and the URI ends before the ?
said-mistake-query-in-both = signs the query among the parameters, as it should, and leaves it in the URI too
said-mistake-method-case = writes the method in lower case; the base string has it in upper case
said-mistake-query-left-out = leaves the parameters of the query out of the base string
said-mistake-body-left-out = leaves the parameters of the form body out of the base string
said-mistake-body-counted = signs its body as a form, though its content type says that it is none (application/x-www-form-urlencoded)
said-mistake-realm = signs the realm, which is the header's and no parameter
said-mistake-repeated = signs only the last of several parameters of one name, as a map keeps them
said-mistake-empty = leaves parameters with empty values out of the base string
said-mistake-sorted-early = sorts the parameters before it escapes them; they are sorted by their escaped bytes
said-mistake-sorted-naturally = sorts a2 before a10, as people do; parameters are sorted byte by byte
said-mistake-sorted-whole = sorts name=value as one text; names are compared first, and then values
said-mistake-not-sorted = does not sort the parameters
said-mistake-names-raw = escapes the parameters' values and not their names
said-mistake-names-twice = escapes the parameters' names twice before the base string escapes them once more
said-mistake-values-raw = does not escape the parameters' values before it joins them
said-mistake-values-twice = escapes the parameters' values twice before the base string escapes them once more
said-mistake-plus-as-sent = writes a blank of the query or the form as + in the base string; it is %20, and so %2520 there
said-mistake-plus = writes a blank as + in the base string; it is %20, and so %2520 there
said-mistake-escapes-case = writes escapes in lower case (%3a); the base string has them in upper case (%3A)
said-mistake-tilde = escapes ~, which stays as it is
said-mistake-marks = does not escape !*'(), as JavaScript's encodeURIComponent
said-mistake-parameters-raw = does not escape the joined parameters as a whole before it appends them
said-mistake-uri-raw = does not escape the URI before it appends it
said-mistake-secrets-raw = does not percent-encode the secrets before it joins them to the key
said-mistake-ampersand = leaves out the & of the key, which stays even where the token's secret is empty
said-mistake-no-token-secret = signs with the consumer's secret alone, as if there were no token
said-mistake-no-consumer-secret = signs with the token's secret alone
said-mistake-swapped = puts the token's secret before the consumer's in the key
said-mistake-key-for-secret = puts a key where its secret belongs
said-mistake-request-secret = still signs with the secret of the request token; the access token has its own
said-mistake-hash = signs with the other hash than oauth_signature_method says (SHA-1, SHA-256)
said-mistake-url-safe = writes the signature in the URL-safe alphabet of base64; it is the standard one, with + and /
said-mistake-hexadecimal = writes the signature in hexadecimal; it is base64 of the bytes
said-mistake-padding = cuts the = off the end of the signature
said-mistake-signature-twice = escapes the signature twice
said-mistake-signature-raw = does not escape the signature, so that its + arrives as a blank
said-found-right = The signature is right for the secrets of now: one of them was changed after the request was refused.
said-found-body-hash = The signature is right. What is wrong is oauth_body_hash: it is not the hash of the { $bytes } bytes that arrived. Hash the bytes of the body as they are sent, with the hash of the signature method, and write it in base64; or something in between changed the body.
said-found-unknown = None of the known mistakes gives this signature: probably the secret is wrong, the consumer's or the token's. Paste the client's own base string to be sure: if it equals ours, it is the secret.
said-found-too-long = The request was too long to be kept whole, so the known mistakes could not be tried on it.
said-found-too-little = There is too little of the request to try the known mistakes on it.
said-equal = Both base strings are equal. So the key differs: the consumer's secret, the token's secret, how they are escaped and joined, or the hash.
said-equal-masked = Both base strings are equal, as far as it can be said: what is masked is not kept of this refusal.
said-cause-masked = The first difference is in something that is not shown. It is compared as a whole: where in it they differ is not told.
said-cause-escaped-whole = There is no &. It looks as if the base string had been escaped as a whole: only its second and third part are.
said-cause-ampersand = A & is missing: a base string has three parts, method, URI and parameters, joined by two &, and this has { $parts }.
said-cause-method-case = The method is in upper case in a base string.
said-cause-method = The method is another one: { $ours } arrived, and the client signed { $theirs }.
said-cause-uri-raw = The URI is not escaped: it is percent-encoded as a whole (http%3A%2F%2F…).
said-cause-uri-twice = The URI is escaped twice (http%253A…): once is right.
said-cause-no-uri = The second part is no URI with scheme and host.
said-cause-scheme = The scheme differs: this service is known as { $ours }://, and the client signed { $theirs }://. Behind a proxy that speaks TLS the client signs the address that it calls, and public_urls names that one.
said-cause-host-case = The host is in lower case in a base string.
said-cause-host = The host differs: this service is known as { $ours }, and the client signed { $theirs }. If it called that name, public_urls lacks it, or a proxy does not pass the Host header on.
said-cause-port-kept = The port differs: the client kept :{ $port }. The default port of the scheme is left out; another one belongs into public_urls.
said-cause-port-missing = The port is missing: :{ $port } belongs to the URI unless it is the scheme's default.
said-cause-port = The port differs: this service is known at :{ $ours }, and the client signed :{ $theirs }.
said-cause-query = The query is left in the URI: it ends before the ?.
said-cause-query-empty = The query is left in the URI: it ends before the ?. Even an empty one leaves its ? there.
said-cause-slash-missing = The path ends with a slash on the wire, and the client signed it without.
said-cause-slash-added = The client signed a slash at the end of the path that is not on the wire.
said-cause-path-decoded = The path is decoded: it is signed as it stands on the wire, escapes and all.
said-cause-path-twice = The path is escaped once more than it is on the wire.
said-cause-path = The path is another one: { $ours } arrived, and the client signed { $theirs }.
said-cause-parameters-raw = The joined parameters are not escaped as a whole: in a base string they have neither = nor &, but %3D and %26.
said-cause-order = The sort order differs: parameters are sorted by the bytes of their escaped names, and those of equal names by their escaped values.
said-cause-order-here = The sort order differs: parameters are sorted by the bytes of their escaped names, and those of equal names by their escaped values. Here { $ours } comes where the client has { $theirs }.
said-cause-of-one = { $name }: { $said }
said-cause-blank = { $name }: a blank is written as +. It is %20, and so %2520 in a base string.
said-cause-value-twice = { $name }: escaped once too often. A value is escaped once, and the joined parameters once more.
said-cause-value-decoded = { $name }: decoded once too often. What is signed is what was sent, decoded once.
said-cause-value = { $name } differs: { $ours } arrived, and the client signed { $theirs }.
said-cause-escapes-case = escapes are written in lower case (%3a); a base string has them in upper case (%3A).
said-cause-tilde = ~ is escaped; it stays as it is.
said-cause-marks = !, *, ', ( and ) are not escaped (JavaScript's encodeURIComponent leaves them); they must be.
said-cause-not-escaped = not escaped before the parameters are joined; names and values are escaped by themselves, and then once more as a whole.
said-cause-escapes = escaped differently; only letters, digits and -._~ stay as they are.
said-cause-gone-query = Missing in the client's base string: { $names }: the parameters of the query are signed, too.
said-cause-gone-body = Missing in the client's base string: { $names }: the body is counted, because its content type says that it is a form.
said-cause-gone = Missing in the client's base string: { $names }, and was sent.
said-cause-extra-body = Only in the client's base string: { $names }: the body is not counted, because its content type does not say application/x-www-form-urlencoded.
said-cause-extra-signature = Only in the client's base string: { $names }: the signature is the one parameter that is not signed.
said-cause-extra-realm = Only in the client's base string: { $names }: the realm of the header is no parameter.
said-cause-extra = Only in the client's base string: { $names }, and did not arrive.
said-fact-method = Method
said-fact-base-uri = Base URI
said-fact-host = Host header
said-fact-public-urls = Public URLs
said-fact-consumer-key = Consumer key
said-fact-token = Token
said-fact-signature-method = Signature method
said-fact-places = OAuth parameters in
said-fact-content-type = Content type
said-fact-body = Body
said-fact-clock = Server's clock
said-fact-timestamp = Request's time stamp
said-fact-difference = Clock difference
said-fact-window = Accepted window
said-fact-client = Client's address
said-fact-body-hash = Body hash
said-fact-other-schemes = Other Authorization schemes
said-value-none = none
said-value-unknown = unknown
said-value-chosen = { $chosen } (chosen)
said-value-chosen-of = { $chosen } (chosen), { $others }
said-value-hashes = sent { $sent }; SHA-1 gives { $sha1 }, SHA-256 { $sha256 }
said-value-body-unread = not read, and not counted
said-value-body-empty = empty
said-value-body-form = { $bytes } bytes, counted as a form
said-value-body-other = { $bytes } bytes, not counted: it is no form
said-place-header = header
said-place-query = query
said-place-body = body
said-place-header-query = header, query
said-place-header-body = header, body
said-place-query-body = query, body
said-place-all = header, query, body
said-raw-header = Authorization
said-raw-query = Query
said-raw-body = Form body
said-raw-cut = { $said } (too long)

## home

home-title = Let a tool act for you, with one role at a time
home-lead = A build server files bugs in your name, a script reads a tracker. None of them needs your password, and none gets more than the one role you pick.
home-for-you = For you
home-for-you-logged-in = See which tools act in your name and with which role, and stop any of them at once.
home-for-you-log-in = Log in to see which tools act in your name and with which role, and to stop any of them at once.
home-for-authors = For authors of tools
home-for-authors-words = How to ask for a token, what to sign, which limits hold, and what each refusal means.
home-guide = Read the guide
home-for-admins = For forge administrators
home-for-admins-words = Register a tool, look at what it may do, disable it or remove it.
home-how = How a tool gets its role
home-how-ask = <strong>The tool asks.</strong> It sends your browser here. You log in here, never at the tool.
home-how-choose = <strong>You choose.</strong> You pick one of your roles in one project, or say no.
home-how-work = <strong>The tool works.</strong> Every request it makes has the rights of that one role, and no others of yours.
home-how-revoke = <strong>You stay in charge.</strong> Revoke the token, and the very next request is refused.
home-protocol = OAuth 1.0a (RFC 5849), realm <code>{ $realm }</code>.

## endpoints

endpoints-heading = End points
endpoint-request-token = Request token
endpoint-request-token-how = GET or POST, signed
endpoint-authorize = Authorize
endpoint-authorize-how = in the user's browser
endpoint-access-token = Access token
endpoint-access-token-how = GET or POST, signed
endpoint-echo = Echo
endpoint-echo-how = any method, signed
endpoint-userinfo = User info
endpoint-userinfo-how = GET, signed
endpoint-own-token = Own token
endpoint-own-token-how = GET, DELETE, signed
endpoint-items = Tracker items
endpoint-items-how = GET, POST, PATCH, signed
endpoint-oslc = Tracker items, OSLC
endpoint-oslc-how = POST, signed
endpoints-also = The first three also answer with <code>.php</code> at the end of their name. Extra query parameters are signed over and otherwise ignored; <code>type=group&amp;name=PROJECT</code> on the authorize page puts that project's roles first.
authors-title = For authors of tools
authors-lead = This forge speaks OAuth 1.0a (RFC 5849). Your tool gets a token that acts for one user with exactly one of that user's roles.
authors-contents = On this page
flow-heading = Get a token
flow-register = <strong>Register.</strong> A forge administrator registers your tool and hands you a consumer key and its secret.
flow-ask = <strong>Ask for temporary credentials.</strong> Send <code>oauth_callback</code>: a URL, or <code>oob</code> if your tool has none. They live { $span }.
flow-authorize = <strong>Send the user to the authorize page</strong> with <code>oauth_token</code> in the query. The user picks a role; the answer comes to your callback as <code>oauth_token</code> and <code>oauth_verifier</code>, or as <code>oauth_problem=permission_denied</code>. With <code>oob</code> the user reads the verifier off the page.
flow-exchange = <strong>Exchange the verifier</strong> for an access token, once. It lives as long as its user chose, perhaps until it is revoked; <code>oauth_expires_in</code> says for how many seconds where there is an end, and <code>GET /api/token</code> until when.
flow-exchange-at-most = <strong>Exchange the verifier</strong> for an access token, once. It lives as long as its user chose, at most { $span }; <code>oauth_expires_in</code> says for how many seconds, and <code>GET /api/token</code> until when.
flow-call = <strong>Call.</strong> The echo tells as whom and with which role you came through.
examples-heading = Examples
examples-words = Each is a whole program: it asks for a token, waits for the code that its user reads off the page, and calls the echo. Key and secret are taken from <code>CONSUMER_KEY</code> and <code>CONSUMER_SECRET</code> in the environment; the address of this server is filled in.
example-shell = Our own client, in a shell
example-shell-needs = Needs <code>oauthprovider</code> and <code>jq</code>.
example-python = Python, with requests-oauthlib
example-python-needs = Needs <code>pip install requests-oauthlib</code>.
example-node = JavaScript, with oauth-1.0a in node
example-node-needs = Needs node 18 or newer and <code>npm install oauth-1.0a</code>; save it as <code>forge.mjs</code>.
example-ruby = Ruby, with the oauth gem
example-ruby-needs = Needs <code>gem install oauth</code>.
example-java = Java, with Google’s OAuth client
example-java-needs = Needs Java 17 or newer and <code>com.google.oauth-client:google-oauth-client:1.34.1</code>; save it as <code>Forge.java</code>.
signing-heading = Sign a request
signing-methods = Signature methods:
signing-methods-for = The RSA methods are for tools with a registered public key; <code>PLAINTEXT</code> is not accepted.
signing-realm = Realm: <code>{ $realm }</code>. Base URL of the signature base string: <code>{ $base }</code>, with the path as it stands on the wire.
signing-place = Put the <code>oauth_*</code> parameters in the <code>Authorization</code> header, in a form body or in the query: in one of them alone, each once.
signing-body = A form body (<code>application/x-www-form-urlencoded</code>) is signed over, whatever the method. For other bodies <code>oauth_body_hash</code> is verified when you send it.
signing-compare = If your signature is refused, compare base strings: <code>oauthprovider client sign --method GET --url URL --consumer-key KEY --consumer-secret SECRET</code> sends nothing and prints the base string, the signature and the header. <code>oauthprovider client doctor { $base } --consumer-key KEY --consumer-secret SECRET</code> finds out what is wrong, and changes nothing.
limits-heading = Limits
limit-clock = Clock
limit-clock-words = within { $span } of ours, both ways
limit-nonce = Nonce
limit-nonce-words = 1 to 255 characters, unique per consumer, token and timestamp
limit-head = Request line and headers
limit-head-words = 16 KiB together
limit-body = Body
limit-parameters = Parameters
limit-verifier = Verifier
limit-verifier-words = a fifth wrong one ends the request token
limit-temporary = Temporary credentials
limit-lives = live { $span }
limit-token = Access token
limit-token-words = lives as long as its user chose, perhaps until it is revoked
limit-token-at-most = lives as long as its user chose, at most { $span }
problems-heading = Refusals
problems-words = A refusal carries <code>oauth_problem=CODE</code> in a form-encoded body and in <code>WWW-Authenticate</code>, and <code>oauth_problem_advice</code>. Its id is in the advice and in <code>X-Refusal-Id</code>: for a quarter of an hour your tool's owner and the administrators can <a href="/plugins/oauthprovider/refusals">look it up</a>, and see which mistake makes such a signature.
problems-code = Code
problems-status = Status
problems-repair = Cause and repair
problem-version_rejected = <code>oauth_version</code> is something else than <code>1.0</code>. Send <code>1.0</code>, or leave it out.
problem-signature_method_rejected = The method is not accepted, or needs a public key that your tool has not registered. Use one of the methods above.
problem-parameter_absent = A parameter is missing; <code>oauth_parameters_absent</code> names it. 401: there was no <code>oauth_*</code> parameter at all, so sign the request.
problem-parameter_rejected = A parameter is malformed, repeated, or in two places; <code>oauth_parameters_rejected</code> names it. <code>oauth_callback</code>: it is not a registered one. 401 with <code>oauth_verifier</code>: the verifier is wrong, so read it again.
problem-timestamp_refused = Your clock is off; <code>oauth_acceptable_timestamps</code> tells what would do. Set the clock, and send seconds, not milliseconds.
problem-nonce_used = This nonce came before with the same timestamp. Make a new nonce and sign again; never send a signed request twice.
problem-signature_invalid = The signature or the body hash does not fit. Compare base strings, and check both secrets, the public URL and the percent encoding.
problem-consumer_key_unknown = No tool has this key. Check it for a typing error, or register the tool.
problem-consumer_key_rejected = The tool is disabled, or may not ask from this address; the advice says which. Ask a forge administrator.
problem-consumer_key_refused = Too many requests, or too many wrong signatures: correct the secrets first. Wait as long as <code>Retry-After</code> says.
problem-token_rejected = The token is unknown, of the wrong kind, another tool's, ended by wrong verifiers, or its user is suspended. Ask for a new one.
problem-token_used = This request token was exchanged already. Use the access token that you got, or start again.
problem-token_expired = The request token came too late, or the access token's time is over. Start again with a new request token.
problem-token_revoked = The user, or an administrator, took the token back. Ask the user before you start again.
problem-permission_unknown = The user has not decided yet. Wait for the callback, then exchange.
problem-permission_denied = The user said no. Do not ask again unbidden.
problems-forbidden = A signed request whose role lacks a right gets 403 with <code>{"{"}"error": "permission_denied", "role": …, "needs": …{"}"}</code>: the user can lend you another role. <code>"error": "role_not_held"</code>: the user has lost the role, or its project is archived; the token works again when that is over. What the role cannot read is 404. Over a size limit: 413, 414 or 431. 503: try again after <code>Retry-After</code>.

## consent

consent-title = { $tool } wants to act for you
consent-logged-in-as = Logged in as
consent-as-whom = You are logged in as <strong>{ $user }</strong> ({ $name }).
consent-switch = Not you? Log in as somebody else
consent-who-asks = Who asks
consent-given = What { $tool } may do for you already
consent-all-given = Look at these tokens, or revoke them
consent-the-role = It would act with this role
consent-choose-role = Choose the one role it may act with
consent-one-role = The tool gets the rights of this role alone, none of your others. You can take it back under “My tokens” at any time.
consent-none-will-do = None of your roles is enough for what this tool needs. You can tell it no, or ask an administrator of a project for a further role.
consent-no-role = You hold no role that could be lent.
consent-no-role-yet = The tool cannot act for you until a project gives you one. You can tell it no.
consent-terms = For how long, and under which name
consent-then-code = Afterwards this page shows you a code to carry to the tool.
consent-then-host = Afterwards your browser goes back to <strong>{ $host }</strong>.
consent-then-tool = Afterwards your browser goes back to the tool.
consent-authorize = Authorize
consent-deny = Deny
consent-none-here = None of these roles is enough for what this tool needs. Those that are come before them.
switch-present = You are logged in as <strong>{ $user }</strong>. Whoever logs in here takes your place, and that session ends.

## tokens

tokens-title = My tokens
tokens-lead = Each lets one tool act for you with one role. Revoked, it is refused at the very next request.
tokens-decisions = Decisions that a tool has yet to pick up
tokens-narrow = Narrow the list
tokens-words = Tool or name
tokens-any-state = any
tokens-of-tool = Those of <strong>{ $tool }</strong> alone
tokens-caption = Tools that act for you
tokens-tool = Tool
tokens-for = Acts for
tokens-role = Role
tokens-acts-as = Acts as
tokens-granted = Granted
tokens-last-used = Last used
tokens-state = State
tokens-ends = Ends
tokens-change = Change
tokens-from = from { $address }
tokens-not-yet = not yet
tokens-expires = expires { $when }
tokens-until-revoked = until it is revoked
tokens-what = what { $tool } may do as { $role }
tokens-none = No tool acts for you
tokens-none-next = When a tool asks to, you will choose one of your roles for it, and it will be listed here.
tokens-none-found = No token fits
tokens-none-found-next = Try fewer words, or show all.
revoke = Revoke
revoke-it = Revoke it
revoke-means = The tool is refused from its next request on. This cannot be undone: it would have to ask you again.
rename = Rename
name-it = Name it
label-title = Name a token
label-short = Name
save = Save
revoke-all = Revoke all my tokens
revoke-all-of = Revoke all tokens of { $tool }
revoke-all-count = { $count ->
    [one] 1 token will be revoked.
   *[other] { $count } tokens will be revoked.
}
revoke-all-means = Whatever uses them is refused from its next request on, and decisions that a tool has yet to pick up are taken back. This cannot be undone: each tool would have to ask you again.
revoke-all-do = { $count ->
    [one] Revoke 1 token
   *[other] Revoke { $count } tokens
}
revoke-decisions-count = { $count ->
    [one] 1 decision that a tool has yet to pick up will be taken back.
   *[other] { $count } decisions that a tool has yet to pick up will be taken back.
}
revoke-decisions-do = { $count ->
    [one] Take back 1 decision
   *[other] Take back { $count } decisions
}
revoke-both-do = { $tokens ->
    [one] Revoke 1 token
   *[other] Revoke { $tokens } tokens
} { $decisions ->
    [one] and take back 1 decision
   *[other] and take back { $decisions } decisions
}
revoke-all-nothing = There is nothing to revoke
revoke-all-back = Back to My tokens

## standing

standing-live = live
standing-asleep = asleep
standing-expired = expired
standing-revoked = revoked
asleep-user_suspended = the user is suspended
asleep-consumer_disabled = the tool is disabled
asleep-project_archived = the project is archived
asleep-role_not_held = { $whose ->
    [own] you do not hold the role now
   *[other] the user does not hold the role
}
asleep-plugin_off_for_project = the project lets no tools in
asleep-plugin_off_for_user = { $whose ->
    [own] you lend no roles to tools
   *[other] the user lends no roles to tools
}

## direct-issue

issue-title = Issue a token
issue-lead = For a tool that takes a pasted token and cannot ask you itself, such as a build server. It acts for you with one of your roles.
issue-choose-tool = Choose the tool
issue-begins = Its name begins with
issue-no-such-tool = No enabled tool has a name that begins like that.
issue-no-tool = No tool is registered here yet. An administrator of the forge registers tools.
issue-to = A token for { $tool }
issue-another-tool = Another tool
issue-the-tool = The tool
issue-your-roles = Your roles
issue-do = Issue the token
issued-title = A token for { $tool }
issued-copy-now = Copy both parts now.
issued-never-again = No page shows the secret again, and nobody can look it up. Whoever has it acts for you.
issued-token = The token
issued-key = Token
issued-secret = Token secret
issued-good-until = Good until
try-means = Tries it here: your browser sends both parts back, a request is signed with them as the tool would sign it, and it is looked at like any other. Nothing leaves this server, and the secret is not kept.
try-do = Try it (in a new tab)
tried-title = The token for { $tool }, tried
tried-well = It works: the request came through as <strong>{ $user }</strong> with the role <strong>{ $role }</strong>.
tried-badly = The request was refused: <code>{ $code }</code>. What that means is told here:
issued-jenkins = Jenkins, OSLC-CM plugin
issued-jenkins-job = In the job’s configuration:
issued-jenkins-global = Once for all jobs, in Jenkins’ own configuration under “Global OSLC Consumer Settings”: <strong>Key</strong> and <strong>Consumer Secret</strong> are those that the tool was registered with.
issued-no-reports = With this role the tool can file in no tracker.
issued-placeholders = <code>CONSUMER_KEY</code> and <code>CONSUMER_SECRET</code> are those that the tool was registered with.
issued-own-client = The command-line client
issued-done = I have copied both, go to My tokens

## decisions

decisions-title = Decisions to be picked up
decisions-lead = You said yes, and the tool has still to exchange that for its access token. If it does not come in time, nothing happens.
decisions-caption = Your open decisions
decisions-role-in = { $role } in { $project }
decisions-whole-forge = the whole forge
decisions-tool = Tool
decisions-role = Would act as
decisions-decided = Decided
decisions-expires = Expires
decisions-take-back = Take back
decisions-take-back-what = what { $tool } may fetch as { $role }
decisions-take-back-heading = Take back your yes to { $tool }?
decisions-take-back-which = { $tool } would act as { $role }.
decisions-take-back-means = What was not picked up yet cannot be picked up any more. This cannot be undone: the tool would have to ask you again.
decisions-empty = Nothing is waiting
decisions-empty-words = Every tool that you said yes to has picked up its token, or came too late.

## consumers

consumers-title = Tools
consumers-lead = What may ask users of this forge to act for them.
consumers-register = Register a tool
consumers-register-lead = Users see these words when the tool asks to act for them.
consumers-do-register = Register
consumers-narrow = Find tools
consumers-words = Name, description or host
consumers-which-all = All
consumers-which-enabled = Enabled
consumers-which-disabled = Disabled
consumers-which-unused = Without an accepted call for 30 days
consumers-caption = Registered tools
consumers-tool = Tool
consumers-home-page = Home page
consumers-state = State
consumers-enabled = enabled
consumers-disabled = disabled
consumers-tokens = Tokens
consumers-calls = Calls of 30 days
consumers-registered = Registered
consumers-none = No tool is registered yet
consumers-none-next = Register the first one: you get a consumer key and a secret to put into its settings.
consumers-none-found = No tool fits
consumers-none-found-next = Try the beginning of a word, or another state.
consumers-edit = Edit
consumers-edit-title = Edit { $name }
consumers-edit-lead = The name, the key and the secrets stay. Whatever changes here holds from the next request on.
consumers-save = Save
consumers-mend = Nothing was saved yet. Please mend this first:
consumers-field-name = Name
consumers-field-url = Home page
consumers-field-description = Description
consumers-field-email = Contact
consumers-field-callbacks = Callbacks
consumers-field-public_key = Public key
consumers-field-networks = Networks
consumers-field-owner = Owner
consumers-field-reason = Reason
consumers-hint-name = Letters, digits, dots, underscores and hyphens, beginning with a letter or a digit; at most 128.
consumers-hint-url = Where users read about it: an http:// or https:// address.
consumers-hint-description = What it does for the user, in a sentence.
consumers-hint-email = The e-mail address of whoever runs it.
consumers-hint-callbacks = One address per line. A callback must equal one of them in scheme, host, port and path. Always allowed, and all that is allowed where there is none: oob, a code that the user carries to the tool.
consumers-hint-public_key = Only for the RSA methods: PEM, beginning with -----BEGIN PUBLIC KEY-----.
consumers-hint-networks = From where it may ask: one address or CIDR block per line, such as 10.0.0.7 or 10.0.0.0/8. From anywhere else it is refused, and so are its tokens. Where there is none: from everywhere.
consumers-hint-owner = The user of this forge who looks after it, by user name. The requests that are refused to it are explained to them; they get no other right over it.
consumers-what = What it is
consumers-key = Consumer key
consumers-the-secret = Consumer secret
consumers-no-owner = nobody in particular
consumers-no-callback = none registered, so only <code>oob</code> is allowed
consumers-from-everywhere = it may ask from everywhere
consumers-has-public-key = registered, so the RSA methods are open to it
consumers-no-public-key = none, so it signs with HMAC
consumers-done-to-it = What was done to it, and by it
consumers-then-enable = Every request of this tool is being refused. Enabled again, it goes on with the tokens that it holds.
consumers-ask-enable = Enable { $name }?
consumers-do-enable = Enable { $name }
consumers-calls-of-days = Calls of the last { $days } days
consumers-access-tokens = Access tokens
consumers-holds = { $tokens ->
    [0] It holds no access token, so nobody’s work depends on it.
    [one] It holds <strong>1 access token</strong>, of 1 user.
   *[other] It holds <strong>{ $written } access tokens</strong>, of { $users ->
        [one] 1 user.
       *[other] { $users_written } users.
    }
}
consumers-held-caption = The newest tokens that it holds
consumers-held-more = These are the newest { $shown }.
consumers-never = never
consumers-secrets = Secrets
consumers-secrets-caption = The secrets that { $name } may sign with
consumers-secret = Secret
consumers-made = Made
consumers-signed-last = Signed last
consumers-last-to-sign = the last to sign
consumers-retires = Retires
consumers-retires-when-let = when somebody lets it
consumers-place-newest = newest
consumers-place-former = former
consumers-both-sign = Both sign. Let the former one retire when the tool has the newest; or step back to it, and the newest ends.
consumers-do-retire = Retire the former secret
consumers-ask-retire = Retire the former secret?
consumers-then-retire = Whatever still signs with it is refused from the next request on. This cannot be undone.
consumers-do-rotate-back = Step back to the former secret
consumers-ask-rotate-back = Step back to the former secret?
consumers-then-rotate-back = The newest secret ends at once, and whatever signs with it is refused from the next request on. The former one goes on.
consumers-another-secret = Make another secret…
consumers-stop = Stop its work
consumers-stop-lead = Disabled, it is refused until you enable it again. Removed, it is gone for good with all its tokens. You see what stops before anything does.
consumers-go-disable = Disable { $name }…
consumers-go-remove = Remove { $name }…
consumers-ask-disable = Disable { $name }?
consumers-ask-remove = Remove { $name }?
consumers-ask-rotate = Make another secret for { $name }?
consumers-then-disable = Every request of this tool is refused from the next one on. Its tokens stay, and work again once it is enabled.
consumers-then-remove = The tool and all its tokens are gone at once, and this cannot be undone. What it filed stays, under its name. To stop the tool only for a while, disable it instead.
consumers-then-rotate = The tool needs the new secret before the current one ends. Both sign until then, so you can carry it over without a gap.
consumers-stops-disable = What stops
consumers-stops-remove = What stops
consumers-stops-rotate = What depends on it
consumers-stops-enable = What works again
consumers-stops-retire = Its secrets
consumers-stops-rotate-back = Its secrets
consumers-never-three = There are never more than two secrets: the former one ends with this.
consumers-secret-of-now = The current secret
consumers-overlap-until_retired = signs until somebody lets it retire
consumers-overlap-week = signs for a week
consumers-overlap-day = signs for a day
consumers-overlap-hour = signs for an hour
consumers-overlap-none = is refused at once
consumers-do-disable = Disable { $name }
consumers-do-remove = Remove { $name }
consumers-do-rotate = Make another secret
consumers-made-title-new = { $name } is registered
consumers-made-title-another = { $name } has another secret
consumers-shown-once = <strong>The secret is shown this once.</strong> Copy it into the tool’s settings now: no page will show it again.
consumers-credentials = Credentials
consumers-try = Try it
consumers-try-lead = This asks for temporary credentials and prints the address to open in a browser:
consumers-try-next = What comes next, for authors of tools
consumers-have-copied = I have copied the secret
consumers-field-needs = Needs
needs-hint = The least that it needs of the role it acts with. Users cannot lend it less.
needs-nothing = nothing in particular
needs-tracker-read = to read items in a tracker
needs-tracker-submit = to file items in a tracker
needs-tracker-technician = to open and close items in a tracker
needs-tracker-manager = to change items in a tracker
needs-project-read = to see a project
needs-project-admin = to run a project
needs-forge-admin = to run the forge
needs-in-tracker = to { $rights } in one tracker

## figures

figures-spark = { $calls ->
    [0] No call in { $days } days
    [one] 1 call in { $days } days
   *[other] { $written } calls in { $days } days, at most { $most } in one
}
figures-as-table = The same as a table
figures-nothing = No call yet. What tools ask from now on is counted here.
figures-accepted = Accepted
figures-refused = Refused
figures-accepted-of = { $calls } accepted
figures-refused-of = { $calls } refused
figures-most-a-day = The highest bar is { $most } in one day.
figures-most-an-hour = The highest bar is { $most } in one hour.
figures-by-day = Calls by the day (UTC)
figures-by-hour = Calls by the hour (UTC)
figures-day = Day
figures-hour = Hour
figures-why = Why calls were refused
figures-code = Code
figures-codes-explained = What the codes mean, and what helps

## overview

overview-title = Overview
overview-lead = How this forge’s tools are doing.
overview-calls = Calls of the last { $hours } hours
overview-busiest = Busiest tools today
overview-nobody-asked = No tool has asked anything today.
overview-tokens = Access tokens
overview-live = Live
overview-asleep = Asleep
overview-expired = Expired
overview-revoked = Revoked
overview-counted = Counted { $at }. They are counted anew when somebody looks, at most once a minute.
overview-newest-asleep = The newest that are asleep
overview-expiring = Expiring within { $days } days
overview-none-asleep = None is. A token falls asleep when its user, its tool, its project or the role it acts with is stopped, and wakes when that is over.
overview-none-expiring = No token does. A tool whose token is about to end asks its user anew.
overview-last-done = Last done
overview-all-done = The whole audit log

## audit

audit-title = Audit log
audit-lead = Who did what, newest first. Nothing in it is ever changed or removed.
audit-narrow = Find entries
audit-user = User who did it, or whom it concerns
audit-tool = Tool
audit-action = Action
audit-any-action = Any
audit-since = Since
audit-since-hint = A day, such as 2026-01-31, or a moment, such as 2026-01-31T13:00:00Z.
audit-since-is-wrong = Write a day, such as 2026-01-31, or a moment, such as 2026-01-31T13:00:00Z.
audit-none = Nothing like that was done
audit-none-next = Check the spelling: entries keep the names of their time. Or show everything.
audit-caption = What was done
audit-entry = Entry
audit-time = Time
audit-who = Who
audit-from = from { $address }
audit-what = What
audit-why = Why
audit-did-consumer-registered = Tool registered
audit-did-consumer-shown = Tool looked at
audit-did-consumer-changed = Tool changed
audit-did-consumer-rotated = Secret of a tool made anew
audit-did-consumer-secret-retired = Former secret of a tool retired
audit-did-consumer-rotated-back = New secret of a tool taken back
audit-did-consumer-disabled = Tool disabled
audit-did-consumer-enabled = Tool enabled
audit-did-consumer-removed = Tool removed
audit-did-decision-authorized = Access granted
audit-did-decision-denied = Access denied
audit-did-decision-revoked = Decision taken back
audit-did-verifier-refused = Wrong verifier
audit-did-token-issued = Token issued
audit-did-token-revoked = Token revoked
audit-did-token-renamed = Token renamed
audit-did-user-added = User added
audit-did-user-changed = User changed
audit-did-project-added = Project added
audit-did-project-changed = Project changed
audit-did-project-archived = Project archived
audit-did-project-reopened = Project reopened
audit-did-project-plugin-on = Tools let into a project
audit-did-project-plugin-off = Tools shut out of a project
audit-did-tracker-added = Tracker added
audit-did-tracker-changed = Tracker changed
audit-did-items-closed = Items closed
audit-did-role-added = Role added
audit-did-role-changed = Role changed
audit-did-role-removed = Role removed
audit-did-role-given = Role given
audit-did-role-taken = Role taken away
audit-did-server-key-rotated = Server key rotated
audit-did-session-opened = Logged in
audit-did-session-closed = Logged out
audit-did-session-refused = Log-in failed
audit-unreadable = This entry was tampered with and cannot be read.

## refusals

refusals-title = Refusals
refusals-lead-everybodys = Signed requests of all tools that were refused in the last quarter of an hour, newest first. Each is explained.
refusals-lead-own = Signed requests of the tools that you look after that were refused in the last quarter of an hour, newest first. Each is explained.
refusals-caption = Refused requests
refusals-one = Refusal
refusals-tool = Tool
refusals-why = Why
refusals-request = Request
refusals-when = When
refusals-no-tool = no known one
refusals-empty = Nothing was refused lately
refusals-empty-everybodys = No signed request was refused in the last quarter of an hour. If a tool does not get through, let it ask again and look here.
refusals-empty-own = No request of a tool that you look after was refused in the last quarter of an hour. If yours does not get through, let it ask again and look here. Who looks after a tool is said when a forge administrator registers it.
refusal-title = Refusal { $id_shown }
refusal-not-compared = Nothing was compared.
refusal-beside = Your base string beside ours
refusal-difference = { $count ->
    [one] The first difference is after 1 equal character. It is marked, and stands between ▸ and ◂:
   *[other] The first difference is after { $count } equal characters. It is marked, and stands between ▸ and ◂:
}
refusal-ours = Ours
refusal-yours = Yours
refusal-cause = The likely cause:
refusal-base-string = Base string
refusal-base-string-words = What the signature must be over. Of a token only the beginning is shown, and of what may be secret its length: …(22).
refusal-own = The client's own base string
refusal-own-hint = Most libraries log it when they are told to be talkative. The first difference is pointed at. At most 64 KiB are compared. It holds a token, so it is not shown again.
refusal-compare = Compare
refusal-raw = As it arrived
refusal-raw-words = There is no base string: the request could not be read, or it was too long to be kept whole. So names and lengths are shown, and no values.
refusal-seen = What the server saw
refusal-when = Refused
refusal-parameters = Parameters
refusal-parameters-words = In the order of the base string.
refusal-parameters-caption = Parameters that are signed
refusal-name = Name
refusal-value = Value
refusal-place = Found in
refusal-normalised = Normalised
refusal-told = What it was told

## people

form-save = Save
form-name-hint = Letters, digits, “.”, “_” and “-”. It stands in addresses and cannot be changed later.
mistake-missing = This must not be empty.
mistake-name-length = A name has 1 to 128 characters.
mistake-name-characters = A name is made of letters, digits, “.”, “_” and “-”, and begins with a letter or digit.
mistake-role-characters = A role’s name is printable text without “/”, and without a blank at either end.
mistake-taken = This name is taken.
mistake-reserved = This name has a meaning of its own here.
mistake-line = This must be one line of printable text, at most 200 characters.
mistake-mail = This is not an e-mail address.
mistake-reason = A reason is one line of printable text, at most 500 characters.
mistake-password-short = A password has at least 8 characters.
mistake-password-long = This password is too long.
mistake-passwords-differ = The two passwords are not the same.
mistake-password-wrong = This is not the present password.
mistake-no-such-user = There is no user of this name.
mistake-holds-already = This user holds the role already.
mistake-oneself = You cannot suspend yourself.
mistake-last-administrator = Then nobody could administer the forge any more. Give somebody else that right first.
mistake-decision = Choose whether to authorize or to deny.
mistake-role_id = Choose one of your roles.
mistake-role-not-held = You cannot lend that role now. Choose another one.
mistake-role-too-small = That role lets the tool do less than it needs. Choose another one.
mistake-lifetime = Choose one of the times that are offered.
mistake-label = A name is printable text of at most 64 characters.
mistake-summary = Write in a line what it is about.
mistake-details = This text holds a character that cannot be kept.
mistake-priority = Choose a number from 1 to 5.
ask-suspend-title = Suspend { $name }?
ask-suspend-lead = { $name } is logged out everywhere and cannot log in any more. Every token of theirs is refused until they are activated again.
ask-suspend-tokens = These tokens stop working
ask-suspend-do = Suspend
ask-activate-title = Activate { $name } again?
ask-activate-lead = { $name } can log in again, and tokens that were asleep work again.
ask-activate-do = Activate
ask-archive-title = Archive { $name }?
ask-archive-lead = The project is kept, and nobody acts in it any more: its roles are held by nobody, and tokens under them sleep. Only an administrator of the forge can bring it back.
ask-archive-tokens = These tokens fall asleep
ask-archive-do = Archive
ask-reopen-title = Bring { $name } back?
ask-reopen-lead = Its roles are held again by those who had them, and tokens under them wake.
ask-reopen-do = Bring back
ask-project-off-title = Shut tools out of { $name }?
ask-project-off-lead = None of the project’s roles is offered to tools any more, and tokens under them sleep until tools are let in again. People keep their roles.
ask-project-off-tokens = These tokens fall asleep
ask-project-off-do = Shut tools out
ask-project-on-title = Let tools into { $name }?
ask-project-on-lead = People can lend the project’s roles to tools again, and tokens that slept because of this wake.
ask-project-on-do = Let tools in
ask-user-off-title = Lend no more roles to tools?
ask-user-off-lead = No tool can act for you any more: your tokens sleep, and none of your roles is offered, until you change it back. Nothing is lost.
ask-user-off-tokens = These tokens fall asleep
ask-user-off-do = Lend no roles
ask-user-on-title = Lend roles to tools again?
ask-user-on-lead = Tools can ask you for a role again, and tokens that slept because of this wake.
ask-user-on-do = Lend roles
ask-weaken-title = Let { $name } do less?
ask-weaken-lead = Whoever holds this role loses these rights with the next request, and so does every tool that acts under it.
ask-weaken-tokens = These tokens lose the rights
ask-weaken-do = Take these rights away
ask-remove-role-title = Remove the role { $name }?
ask-remove-role-lead = Nobody holds it any more, and its tokens are removed with it. This cannot be undone: a role of the same name is another role.
ask-remove-role-tokens = These tokens are removed
ask-remove-role-do = Remove the role
ask-take-role-title = Take the role { $name } from { $of }?
ask-take-role-lead = { $of } no longer holds it, and tokens under it sleep until the role is given back.
ask-take-role-tokens = These tokens fall asleep
ask-take-role-do = Take the role away
ask-revoke-token-title = Revoke the token of { $name }?
ask-revoke-token-lead = { $name } can no longer act for { $of } under this role; its next request is refused. To act again it has to ask { $of } anew.
ask-revoke-token-tokens = This token stops working
ask-revoke-token-do = Revoke
ask-no-token = No token stops working because of this.
ask-lost = What is lost
lost-forge = administer the whole forge
lost-admin = administer the project
lost-see = see that the project is there
lost-in-read = read items in <strong>{ $tracker }</strong>
lost-in-submit = file items in <strong>{ $tracker }</strong>
lost-in-tech = open and close items in <strong>{ $tracker }</strong>
lost-in-manager = edit items in <strong>{ $tracker }</strong>
lost-in-vote = vote in <strong>{ $tracker }</strong>
ask-sessions = { $count ->
    [one] 1 session ends.
   *[other] { $count } sessions end.
}
ask-more = { $count ->
    [one] And 1 more.
   *[other] And { $count } more.
}
ask-more-uncounted = { $count ->
    [one] And at least 1 more.
   *[other] And at least { $count } more.
}

## users

users-title = Users
users-lead = Everybody who can log in here, or could.
users-forge-roles = Roles of the whole forge
users-new = Add a user
users-new-lead = Tell the user the password in a safe way; they change it on their own page.
users-add = Add the user
users-filter = Look for users
users-search = Name or real name begins with
users-all = All
users-none = Nobody is called that
users-none-next = Type less of the name, or look at everybody.
user-name = User name
user-realname = Real name
user-email = E-mail address
user-email-whose = Your e-mail address is { $email }. An administrator of the forge can change it.
user-state = State
user-active = active
user-suspended = suspended
user-forge-admin = forge administrator
user-password = Password
user-password-again = The same again
user-password-present = Present password
user-password-hint = At least 8 characters.
user-new-password = New password
user-set-password = Set the new password
user-own-password-lead = Afterwards you are logged out everywhere, here too, and log in with the new one.
user-new-password-lead = Afterwards { $name } is logged out everywhere and logs in with the new one. Tokens are not touched.
user-roles = Roles
user-no-roles = None. An administrator of a project can give one.
user-tokens = Newest tokens
user-no-tokens = No tool acts for this user. A token is listed here once the user lends a role to a tool.
user-profile = Profile
user-suspend = Suspend …
user-suspend-lead = A suspended user cannot log in, and their tokens sleep. You will see which before it is done.
user-activate = Activate …
user-activate-lead = This user is suspended: no log-in, and all tokens sleep.

## projects

projects-lead = What you can see of this forge.
projects-new = Add a project
projects-new-lead = Then give it roles and trackers.
projects-add = Add the project
projects-filter = Go to a name
projects-from = From this name on
projects-none = No projects
projects-none-from = None comes after this name. Look at all of them.
projects-none-admin = Add the first one.
projects-none-next = You hold no role in any project yet. Ask an administrator of the project to give you one.
project-name = Name
project-title = Title
project-state = State
project-active = active
project-archived = archived
project-no-tools = no tools
project-trackers = Trackers
project-no-trackers = None that you can read. Ask an administrator of the project for a role that may.
project-no-trackers-admin = None yet. Add the first one.
tracker-name = Name of a new tracker
tracker-title = Title of the tracker
tracker-add = Add the tracker
project-roles = Roles and people
project-no-roles = None yet, so nobody but administrators of the forge acts here.
project-all-roles = All roles and their rights
project-rights = Roles and their rights
project-settings = Settings
project-archive = Archive …
project-archive-lead = An archived project is kept, and nobody acts in it. You will see which tokens stop before it is done.
project-reopen = Bring back …
project-reopen-lead = This project is archived: nobody acts in it.

## project-roles

roles-title = Roles of { $project }
roles-of-forge = Roles of the whole forge
roles-lead = What each role lets people do, and the tools that they lend it to.
roles-of-forge-lead = They belong to no project.
roles-new = Add a role
roles-new-lead = Give it to people when it is there.
roles-add = Add the role
roles-members = Who holds it
roles-rights = Rights
roles-on = In
roles-on-project = the whole project
roles-on-forge = the whole forge
roles-more = Pages of roles
roles-more-trackers = Pages of trackers
roles-none = No roles yet
roles-none-next = Without a role nobody but an administrator of the forge acts here. Add the first one.
roles-none-ask = Without a role nobody but an administrator of the forge acts here. Ask the administrators of the forge for one.
role-name = Name of the role
role-name-hint = Any printable text without “/”.
role-admin = Administer the project
role-admin-hint = Every right in it, on trackers to come too.
role-see = See the project
role-see-hint = Rights on a tracker bring this with them.
role-forge-admin = Administer the whole forge
role-forge-admin-hint = Every right in every project.
role-more-trackers = Rights on further trackers (save these first)
role-give = Give the role
role-give-hint = User name of the person who is to hold this role.
role-take = Take away …
role-take-from = from { $name }
role-remove = Remove the role …
role-remove-lead = You will see which tokens stop before it is done.
role-nobody = nobody
role-nobody-yet = Nobody holds this role yet.
role-in = in { $project }
role-of-whole-forge = on the whole forge
matrix-admin = administer
matrix-forge = administer
matrix-see = see
matrix-read = read
matrix-submit = file
matrix-tech = open and close
matrix-manager = edit
matrix-vote = vote
matrix-none = nothing

## plugin-use

plugin-user = Tools and this account
plugin-user-on = Tools may ask for a role of this user, and act with it.
plugin-user-off = No tool acts for this user: no role is offered, and all tokens sleep.
plugin-user-turn-off = Lend no roles to tools …
plugin-user-turn-on = Lend roles to tools …
plugin-project = Tools in this project
plugin-project-on = Whoever holds a role here can lend it to a tool.
plugin-project-off = Tools are shut out: no role of this project is lent, and tokens under them sleep.
plugin-project-turn-off = Shut tools out …
plugin-project-turn-on = Let tools in …

## project-tokens

project-tokens-title = Tokens that act here
project-tokens-lead = Which tools act in this project, for whom and with which role.
project-tokens-filter = Look for tokens
project-tokens-items = What it filed
project-tokens-revoke = Revoke
project-tokens-revoke-heading = Revoke the token of { $tool }?
project-tokens-revoke-lead = { $tool } can no longer act for { $user } as { $role }; its next request is refused. To act again it has to ask { $user } anew.
project-tokens-not-yours = Its role is not of this project, so only its user or an administrator of the forge can revoke it.
project-tokens-none = No tool acts here
project-tokens-none-next = When somebody lends a role of this project to a tool, its token is listed here.
project-tokens-none-narrowed = Type less of a name, or look at all of them.
project-tokens-all = All
project-tokens-not-ended = Not ended

## trackers

tracker-lead = Newest first. Each says who filed it, through which tool and under which role.
items-search-label = Narrow the list
items-words = Words
items-any = any
items-submitter = Filed by
items-tool = Tool
items-token = Access token
items-caption = Items
items-choose = Choose
items-show-all = Show open and closed ones
items-none-yet = No items yet
items-none-yet-next = Tools and people with a role that may file items do so here.
items-none = Nothing is open here
items-none-submit = File the first item, or look at those that are closed.
items-none-read = Tools and people with a role that may file items do so here. Perhaps there are some that are closed.
items-none-like-that = Nothing like that
items-none-like-that-next = All words must be in an item, as whole words. Names are those of the time when it was filed.
items-close-chosen = Close the chosen ones …
items-close-all = Close all open ones …

## items

item-new = New item
item-new-lead = It is filed in your own name, not through a tool.
item-number = Number
item-summary = Summary
item-summary-hint = One line that says what it is about.
item-details = Details
item-priority = Priority
item-priority-1 = 1, lowest
item-priority-2 = 2, low
item-priority-3 = 3, normal
item-priority-4 = 4, high
item-priority-5 = 5, highest
item-status = Status
item-status-open = open
item-status-closed = closed
item-tracker = Tracker
item-created = Filed
item-submitter = Filed by
item-tool = Tool
item-role = Role
item-token = Access token
item-token-items = What token { $token } filed
item-filed-as = filed by <strong>{ $tool }</strong> for { $user } as { $role }
item-filed-through = filed by <strong>{ $tool }</strong> for { $user }
item-filed-in-person = filed by { $user }
item-by-as = by <strong>{ $tool }</strong> for { $user } as { $role }
item-by-through = by <strong>{ $tool }</strong> for { $user }
item-by-in-person = by { $user }
item-no-details = No details were given.
item-too-long-to-show = There is more than a page has room for; a tool gets all of it.
item-summary-too-long-to-edit = The summary is longer than a page has room for. It stays as it is; a tool can change it.
item-too-long-to-edit = The details are longer than a page has room for. They stay as they are; a tool can change them.
item-nothing = nothing
item-close = Close
item-reopen = Reopen
item-edit = Edit
item-edit-title = Edit item { $number }
item-edit-lead = What it was before stays in its history.
item-file = File it
item-save = Save
item-history = History
item-history-earlier = What happened before
item-changed-summary = Summary:
item-changed-details = Details:
item-changed-priority = Priority:
item-changed-status = Status:
token-items-title = What token { $token } filed
token-items-back = Tokens in { $project }
token-items-lead = Items in { $project } that were filed by this access token, newest first. Whoever runs the project can close them at once.
token-items-none = Nothing here
token-items-none-next = This token filed nothing in this project that stands so.
closing-title = Close items
closing-question = { $count ->
    [one] Close 1 item?
   *[other] Close { $count } items?
}
closing-lead = They were filed in { $project } by token { $token } and will be closed in one step. Each says so in its history and can be reopened. The token stays as it is: revoke it where it is listed if it should file nothing more.
closing-more = There are more open ones than the { $most } that are closed in one step. The oldest are closed first; do it again for the rest.
closing-do = { $count ->
    [one] Close 1 item
   *[other] Close { $count } items
}
closing-nothing = There is nothing to close
closing-nothing-next = None was chosen, or those that were are closed already.
closing-back = Back to the list

## mail

mail-greeting = Hello { $name },
mail-created-subject = { $tool } can act in your name
mail-created = there is a new access token: with it { $tool } can act in your name on this forge, with one of your roles.
mail-created-then = If you did not expect this, revoke the token, and tell an administrator of the forge:
mail-created-by-tool = Made by: the tool, with what you authorized
mail-created-by-own = Made by: yourself, on the page of your tokens
mail-created-by-user = Made by: { $name }, an administrator
mail-created-by-operator = Made by: an operator of the forge
mail-ending-subject = Your token for { $tool } ends soon
mail-ending = an access token with which { $tool } acts in your name ends soon. From then on the tool is refused.
mail-ending-then = If the tool is to go on, let it ask you again before. Your tokens are here:
mail-asleep-subject = Your token for { $tool } is asleep
mail-asleep = an access token with which { $tool } acts in your name fell asleep: the tool is refused until the reason is gone.
mail-asleep-because = Reason: { $reason }
mail-asleep-then = If you do not need the token any more, revoke it. Your tokens are here:
mail-revoked-subject = Your token for { $tool } was revoked
mail-revoked = an access token with which { $tool } acted in your name was revoked. The tool is refused from now on.
mail-revoked-then = If the tool is to go on, it can ask you again, unless the administrator minds. Your tokens are here:
mail-revoked-by-tool = Revoked by: the tool
mail-revoked-by-own = Revoked by: yourself
mail-revoked-by-user = Revoked by: { $name }, an administrator
mail-revoked-by-operator = Revoked by: an operator of the forge
mail-because-user_suspended = you are suspended
mail-because-consumer_disabled = the tool was disabled
mail-because-project_archived = the project was archived
mail-because-role_not_held = you do not hold the role any more
mail-because-plugin_off_for_project = tools are switched off for the project
mail-because-plugin_off_for_user = you switched tools off for yourself
mail-tool = Tool: { $tool }
mail-role = Role: { $role }
mail-label = You call it: { $label }
mail-from = Asked for from: { $address }
mail-reason = Reason: { $reason }
mail-expires = Ends: { $when }
mail-endless = Ends: when you revoke it
mail-why = The forge tells you this because it is about your rights. Nobody reads answers to this letter.
