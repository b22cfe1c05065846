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

list-search = Search
list-filter = Show
list-clear = Show all
list-newer = Newer
list-older = Older
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

## problems

## home

## endpoints

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
tokens-acts-as = Acts as
tokens-granted = Granted
tokens-last-used = Last used
tokens-state = State
tokens-change = Change
tokens-from = from { $address }
tokens-not-yet = not yet
tokens-expires = expires { $when }
tokens-until-revoked = until it is revoked
tokens-what = what { $tool } may do as { $role }
tokens-none = No tool acts for you
tokens-none-next = When a tool asks to, you will choose one of your roles for it, and it will be listed here.
tokens-none-found = No token fits
tokens-none-found-next = Ask for less, show all, or look further back where there is more.
revoke = Revoke
revoke-it = Revoke it
revoke-means = The tool is refused from its next request on. This cannot be undone: it would have to ask you again.
rename = Rename
name-it = Name it
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
revoke-all-nothing = There is nothing to revoke
revoke-all-back = Back to My tokens
wrong-role_id = Choose one of your roles.
wrong-lifetime = Choose one of the times that are offered.
wrong-label = A name is printable text of at most 64 characters.
wrong-reason = A reason is printable text of at most 500 characters.

## standing

standing-live = live
standing-asleep = asleep
standing-expired = expired
standing-revoked = revoked
asleep-user_suspended = the user is suspended
asleep-consumer_disabled = the tool is disabled
asleep-project_archived = the project is archived
asleep-role_not_held = you do not hold the role now
asleep-plugin_off_for_project = the project lets no tools in
asleep-plugin_off_for_user = you lend no roles to tools

## direct-issue

issue-title = Issue a token
issue-lead = For a tool that takes a pasted token and cannot ask you itself, such as a build server. It acts for you with one of your roles.
issue-choose-tool = Choose the tool
issue-begins = Its name begins with
issue-no-such-tool = No tool of such a name is registered here and listened to.
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

## consumers

needs-label = Needs
needs-hint = The least that it needs of the role it acts with. Users cannot lend it less.
needs-nothing = nothing in particular
needs-tracker-read = to read items in a tracker
needs-tracker-submit = to file items in a tracker
needs-tracker-technician = to open and close items in a tracker
needs-tracker-manager = to change items in a tracker
needs-project-read = to see a project
needs-project-admin = to run a project
needs-forge-admin = to run the forge

## figures

figures-spark = { $calls ->
    [0] No call in { $days } days
    [one] 1 call in { $days } days
   *[other] { $written } calls in { $days } days, at most { $most } in one
}
figures-as-table = The same as a table

## overview

## audit

## refusals

## people

## users

## projects

## project-roles

## plugin-use

## project-tokens

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
items-none = Nothing is open here
items-none-submit = File the first item, or look at those that are closed.
items-none-read = Tools and people with a role that may file items do so here. Perhaps there are some that are closed.
items-none-like-that = Nothing like that
items-none-like-that-next = All words must be in an item, as whole words. Names are those of the time when it was filed.
items-none-yet = None among the newest
items-none-yet-next = There are many items here, and the older ones were not looked at yet. “Older” goes on.
items-looked-enough = Older items were not looked at yet; “Older” goes on from here.
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
item-no-details = There is nothing more to it.
item-too-long-to-show = There is more than a page has room for; a tool gets all of it.
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
item-wrong-summary = Write in a line what it is about.
item-wrong-details = This text holds a character that cannot be kept.
item-wrong-priority = Choose a number from 1 to 5.
item-wrong-reason = Write at most 500 characters in one line, without control characters.
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
closing-lead = They were filed in { $project } by token { $token }, and are closed now, in one step. Each says so in its history, and each can be reopened. The token stays as it is: revoke it where it is listed if it should file nothing more.
closing-more = There are more open ones than the { $most } that are closed in one step. The oldest are closed first; do it again for the rest.
closing-do = { $count ->
    [one] Close 1 item
   *[other] Close { $count } items
}
closing-nothing = There is nothing to close
closing-nothing-next = None was chosen, or those that were are closed already.
closing-back = Back to the list

## mail
