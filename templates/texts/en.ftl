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

## items

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
