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

## login

## problems

## home

## endpoints

## consent

## tokens

## standing

## direct-issue

## decisions

## consumers

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
