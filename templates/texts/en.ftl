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

## items

## mail
