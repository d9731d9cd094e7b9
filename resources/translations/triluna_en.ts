<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>AddWords</name>
    <message numerus="yes">
        <source>Open {times} on %n dates: {days}.</source>
        <translation>
            <numerusform>Open {times} on %n date: {days}.</numerusform>
            <numerusform>Open {times} on %n dates: {days}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Block {times} on %n dates: {days}.</source>
        <translation>
            <numerusform>Block {times} on %n date: {days}.</numerusform>
            <numerusform>Block {times} on %n dates: {days}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It overlaps {name}, {times}, and %n more.</source>
        <translation>
            <numerusform>It overlaps {name}, {times}, and %n more.</numerusform>
            <numerusform>It overlaps {name}, {times}, and %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkWords</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <translation>
            <numerusform>%n deleted</numerusform>
            <numerusform>%n deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left alone</source>
        <translation>
            <numerusform>%n left alone</numerusform>
            <numerusform>%n left alone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requests, less than a minute</source>
        <translation>
            <numerusform>%n request, less than a minute</numerusform>
            <numerusform>%n requests, less than a minute</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requests, about {time}</source>
        <translation>
            <numerusform>%n request, about {time}</numerusform>
            <numerusform>%n requests, about {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n changes sent</source>
        <translation>
            <numerusform>{done} of %n change sent</numerusform>
            <numerusform>{done} of %n changes sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need your decision</source>
        <translation>
            <numerusform>%n needs your decision</numerusform>
            <numerusform>%n need your decision</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n changes are taken back, on the server too.</source>
        <translation>
            <numerusform>The change is taken back, on the server too.</numerusform>
            <numerusform>All %n changes are taken back, on the server too.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n changes are on the server.</source>
        <translation>
            <numerusform>The change is on the server.</numerusform>
            <numerusform>All %n changes are on the server.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n changes are on the server; the others need your decision.</source>
        <translation>
            <numerusform>{done} of %n change is on the server; it needs your decision.</numerusform>
            <numerusform>{done} of %n changes are on the server; the others need your decision.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes were taken back before they were sent.</source>
        <translation>
            <numerusform>%n change was taken back before it was sent.</numerusform>
            <numerusform>%n changes were taken back before they were sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are on the server and stay.</source>
        <translation>
            <numerusform>%n is on the server and stays.</numerusform>
            <numerusform>%n are on the server and stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are on their way and will be finished.</source>
        <translation>
            <numerusform>%n is on its way and will be finished.</numerusform>
            <numerusform>%n are on their way and will be finished.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were changed by a later edit and stay.</source>
        <translation>
            <numerusform>%n was changed by a later edit and stays.</numerusform>
            <numerusform>%n were changed by a later edit and stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need your decision.</source>
        <translation>
            <numerusform>%n needs your decision.</numerusform>
            <numerusform>%n need your decision.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallerWords</name>
    <message numerus="yes">
        <source>and %n other times</source>
        <translation>
            <numerusform>and %n other time</numerusform>
            <numerusform>and %n other times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n times</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation type="unfinished">
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConflictWords</name>
    <message numerus="yes">
        <source>{overlap} and %n more</source>
        <translation>
            <numerusform>{overlap} and %n more</numerusform>
            <numerusform>{overlap} and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{what} (%n others have no such way out and stay)</source>
        <translation>
            <numerusform>{what} (%n other has no such way out and stays)</numerusform>
            <numerusform>{what} (%n others have no such way out and stay)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trim mine in %n conflicts</source>
        <translation>
            <numerusform>Trim mine in %n conflict</numerusform>
            <numerusform>Trim mine in %n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Split mine in %n conflicts</source>
        <translation>
            <numerusform>Split mine in %n conflict</numerusform>
            <numerusform>Split mine in %n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trim the other in %n conflicts</source>
        <translation>
            <numerusform>Trim the other in %n conflict</numerusform>
            <numerusform>Trim the other in %n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace the other in %n conflicts: what is in the way is deleted</source>
        <translation>
            <numerusform>Replace the other in %n conflict: what is in the way is deleted</numerusform>
            <numerusform>Replace the other in %n conflicts: what is in the way is deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change the other instead in %n conflicts, and delete mine</source>
        <translation>
            <numerusform>Change the other instead in %n conflict, and delete mine</numerusform>
            <numerusform>Change the other instead in %n conflicts, and delete mine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep both in %n conflicts</source>
        <translation>
            <numerusform>Keep both in %n conflict</numerusform>
            <numerusform>Keep both in %n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Discard mine in %n conflicts</source>
        <translation>
            <numerusform>Discard mine in %n conflict</numerusform>
            <numerusform>Discard mine in %n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Do the same for all %n conflicts</source>
        <translation>
            <numerusform>Do the same for %n conflict</numerusform>
            <numerusform>Do the same for all %n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries trimmed</source>
        <translation>
            <numerusform>%n entry trimmed</numerusform>
            <numerusform>%n entries trimmed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries deleted</source>
        <translation type="unfinished">
            <numerusform>%n entry deleted</numerusform>
            <numerusform>%n entries deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conflicts settled</source>
        <translation>
            <numerusform>%n conflict settled</numerusform>
            <numerusform>%n conflicts settled</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DamageWords</name>
    <message numerus="yes">
        <source>%n changes that are not sent yet would be lost when the app ends: leave it open. It tries again.</source>
        <translation>
            <numerusform>%n change that is not sent yet would be lost when the app ends: leave it open. It tries again.</numerusform>
            <numerusform>%n changes that are not sent yet would be lost when the app ends: leave it open. It tries again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DateRange</name>
    <message numerus="yes">
        <source>A range may have up to %n days.</source>
        <translation>
            <numerusform>A range may have %n day.</numerusform>
            <numerusform>A range may have up to %n days.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GatheredWords</name>
    <message numerus="yes">
        <source>%n things happened in the calendar</source>
        <translation type="unfinished">
            <numerusform>%n thing happened in the calendar</numerusform>
            <numerusform>%n things happened in the calendar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server refused %n changes</source>
        <translation type="unfinished">
            <numerusform>The server refused %n change</numerusform>
            <numerusform>The server refused %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes need your decision</source>
        <translation type="unfinished">
            <numerusform>%n change needs your decision</numerusform>
            <numerusform>%n changes need your decision</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes are not live yet</source>
        <translation type="unfinished">
            <numerusform>%n change is not live yet</numerusform>
            <numerusform>%n changes are not live yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes that had waited are on the server now</source>
        <translation type="unfinished">
            <numerusform>%n change that had waited is on the server now</numerusform>
            <numerusform>%n changes that had waited are on the server now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries or more were changed elsewhere</source>
        <translation type="unfinished">
            <numerusform>%n entry or more were changed elsewhere</numerusform>
            <numerusform>%n entries or more were changed elsewhere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries were changed elsewhere</source>
        <translation type="unfinished">
            <numerusform>%n entry was changed elsewhere</numerusform>
            <numerusform>%n entries were changed elsewhere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocks end in a few minutes</source>
        <translation type="unfinished">
            <numerusform>%n block ends in a few minutes</numerusform>
            <numerusform>%n blocks end in a few minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes are on the server</source>
        <translation type="unfinished">
            <numerusform>%n change is on the server</numerusform>
            <numerusform>%n changes are on the server</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message numerus="yes">
        <source>Changes are kept for %n days, on this computer only.</source>
        <translation>
            <numerusform>Changes are kept for %n day, on this computer only.</numerusform>
            <numerusform>Changes are kept for %n days, on this computer only.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryLink</name>
    <message numerus="yes">
        <source>%n changes of this entry</source>
        <translation>
            <numerusform>%n change of this entry</numerusform>
            <numerusform>%n changes of this entry</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Hits</name>
    <message numerus="yes">
        <source>%n settings found</source>
        <translation>
            <numerusform>%n setting found</numerusform>
            <numerusform>%n settings found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message numerus="yes">
        <source>%n entries selected</source>
        <translation>
            <numerusform>%n entry selected</numerusform>
            <numerusform>%n entries selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LookWords</name>
    <message numerus="yes">
        <source>%n weeks from {day}</source>
        <translation>
            <numerusform>%n week from {day}</numerusform>
            <numerusform>%n weeks from {day}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n weeks from {day}, by what was read so far</source>
        <translation>
            <numerusform>%n week from {day}, by what was read so far</numerusform>
            <numerusform>%n weeks from {day}, by what was read so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Average by weekday, %n weeks from {day}</source>
        <translation>
            <numerusform>Average by weekday, %n week from {day}</numerusform>
            <numerusform>Average by weekday, %n weeks from {day}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Average by weekday, %n weeks from {day}, by what was read so far</source>
        <translation>
            <numerusform>Average by weekday, %n week from {day}, by what was read so far</numerusform>
            <numerusform>Average by weekday, %n weeks from {day}, by what was read so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModeDialog</name>
    <message numerus="yes">
        <source>%n weeks</source>
        <translation>
            <numerusform>%n week</numerusform>
            <numerusform>%n weeks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModeWords</name>
    <message numerus="yes">
        <source>{added}. %n requests, less than a minute.</source>
        <translation>
            <numerusform>{added}. %n request, less than a minute.</numerusform>
            <numerusform>{added}. %n requests, less than a minute.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{added}. %n requests, about {time}.</source>
        <translation>
            <numerusform>{added}. %n request, about {time}.</numerusform>
            <numerusform>{added}. %n requests, about {time}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries are added</source>
        <translation>
            <numerusform>%n entry is added</numerusform>
            <numerusform>%n entries are added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n weekly hours are added</source>
        <translation>
            <numerusform>%n stretch of weekly hours is added</numerusform>
            <numerusform>%n weekly hours are added</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n entries are missing from the server&apos;s list, of {known} that were there.</source>
        <translation>
            <numerusform>%n entry is missing from the server&apos;s list, of {known} that were there.</numerusform>
            <numerusform>%n entries are missing from the server&apos;s list, of {known} that were there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows of the server&apos;s list could not be read and are not shown.</source>
        <translation>
            <numerusform>%n row of the server&apos;s list could not be read and is not shown.</numerusform>
            <numerusform>%n rows of the server&apos;s list could not be read and are not shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NowMenu</name>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation type="unfinished">
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OfferWords</name>
    <message numerus="yes">
        <source>Callers are still offered {when} (and %n more).</source>
        <translation>
            <numerusform>Callers are still offered {when} (and %n more).</numerusform>
            <numerusform>Callers are still offered {when} (and %n more).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Callers are not offered {when} yet (and %n more).</source>
        <translation>
            <numerusform>Callers are not offered {when} yet (and %n more).</numerusform>
            <numerusform>Callers are not offered {when} yet (and %n more).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Popover</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message numerus="yes">
        <source>%n changes are not on the server yet. They would be lost for good. Cancel to have them sent first.</source>
        <translation>
            <numerusform>%n change is not on the server yet. It would be lost for good. Cancel to have it sent first.</numerusform>
            <numerusform>%n changes are not on the server yet. They would be lost for good. Cancel to have them sent first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Lose %n changes and clear</source>
        <translation>
            <numerusform>Lose %n change and clear</numerusform>
            <numerusform>Lose %n changes and clear</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfileWords</name>
    <message numerus="yes">
        <source>%n changes are not sent yet.</source>
        <translation>
            <numerusform>%n change is not sent yet.</numerusform>
            <numerusform>%n changes are not sent yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n unsent</numerusform>
            <numerusform>%n unsent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A name has at most %n characters.</source>
        <translation>
            <numerusform>A name has at most %n character.</numerusform>
            <numerusform>A name has at most %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes were never sent; callers do not know of them.</source>
        <translation>
            <numerusform>%n change was never sent; callers do not know of it.</numerusform>
            <numerusform>%n changes were never sent; callers do not know of them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RequestWords</name>
    <message numerus="yes">
        <source>Checking every %n minutes to keep requests for your edits.</source>
        <translation>
            <numerusform>Checking every minute to keep requests for your edits.</numerusform>
            <numerusform>Checking every %n minutes to keep requests for your edits.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checking every %n minutes.</source>
        <translation>
            <numerusform>Checking every minute.</numerusform>
            <numerusform>Checking every %n minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sending what is queued takes %n requests, less than a minute.</source>
        <translation>
            <numerusform>Sending what is queued takes %n request, less than a minute.</numerusform>
            <numerusform>Sending what is queued takes %n requests, less than a minute.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sending what is queued takes %n requests, about {time}.</source>
        <translation>
            <numerusform>Sending what is queued takes %n request, about {time}.</numerusform>
            <numerusform>Sending what is queued takes %n requests, about {time}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them were made elsewhere with the same token.</source>
        <translation>
            <numerusform>%n of them was made elsewhere with the same token.</numerusform>
            <numerusform>%n of them were made elsewhere with the same token.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message numerus="yes">
        <source>%n seconds</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation type="unfinished">
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchWords</name>
    <message numerus="yes">
        <source>%n found; the first {shown} are listed.</source>
        <translation>
            <numerusform>%n found; the first {shown} are listed.</numerusform>
            <numerusform>%n found; the first {shown} are listed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found.</source>
        <translation>
            <numerusform>%n found.</numerusform>
            <numerusform>%n found.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n changes not sent yet</source>
        <translation>
            <numerusform>%n change not sent yet</numerusform>
            <numerusform>%n changes not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes need your decision</source>
        <translation>
            <numerusform>%n change needs your decision</numerusform>
            <numerusform>%n changes need your decision</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StretchForm</name>
    <message numerus="yes">
        <source>%n stretches are selected</source>
        <translation>
            <numerusform>%n stretch is selected</numerusform>
            <numerusform>%n stretches are selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TeamWords</name>
    <message numerus="yes">
        <source>%n stretches in this week</source>
        <translation>
            <numerusform>%n stretch in this week</numerusform>
            <numerusform>%n stretches in this week</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TemplatePanel</name>
    <message numerus="yes">
        <source>At most %n weeks are stamped at once.</source>
        <translation>
            <numerusform>At most %n week is stamped at once.</numerusform>
            <numerusform>At most %n weeks are stamped at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The name may have up to %n characters.</source>
        <translation>
            <numerusform>The name may have %n character.</numerusform>
            <numerusform>The name may have up to %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TodayMenu</name>
    <message numerus="yes">
        <source>Delete %n entries</source>
        <translation type="unfinished">
            <numerusform>Delete %n entry</numerusform>
            <numerusform>Delete %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrayWords</name>
    <message numerus="yes">
        <source>read only: %n changes not sent</source>
        <translation>
            <numerusform>read only: %n change not sent</numerusform>
            <numerusform>read only: %n changes not sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes need your decision</source>
        <translation type="unfinished">
            <numerusform>%n change needs your decision</numerusform>
            <numerusform>%n changes need your decision</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>syncing is paused: %n changes not sent yet</source>
        <translation>
            <numerusform>syncing is paused: %n change not sent yet</numerusform>
            <numerusform>syncing is paused: %n changes not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>offline: %n changes not sent yet</source>
        <translation>
            <numerusform>offline: %n change not sent yet</numerusform>
            <numerusform>offline: %n changes not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{what}: %n changes not sent yet</source>
        <translation>
            <numerusform>{what}: %n change not sent yet</numerusform>
            <numerusform>{what}: %n changes not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the server confirms no changes: %n changes not sent yet</source>
        <translation>
            <numerusform>the server confirms no changes: %n change not sent yet</numerusform>
            <numerusform>the server confirms no changes: %n changes not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes not sent yet</source>
        <translation type="unfinished">
            <numerusform>%n change not sent yet</numerusform>
            <numerusform>%n changes not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more…</source>
        <translation>
            <numerusform>%n more…</numerusform>
            <numerusform>%n more…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{title} (%n not sent yet)</source>
        <translation>
            <numerusform>{title} (%n not sent yet)</numerusform>
            <numerusform>{title} (%n not sent yet)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WarningWords</name>
    <message numerus="yes">
        <source>%n things to look at</source>
        <translation>
            <numerusform>%n thing to look at</numerusform>
            <numerusform>%n things to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n that you put away</source>
        <translation>
            <numerusform>Show %n that you put away</numerusform>
            <numerusform>Show %n that you put away</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing is bookable in the %n weeks from {day} on.</source>
        <translation>
            <numerusform>Nothing is bookable in the week from {day} on.</numerusform>
            <numerusform>Nothing is bookable in the %n weeks from {day} on.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeekMenu</name>
    <message numerus="yes">
        <source>Delete %n entries</source>
        <translation>
            <numerusform>Delete %n entry</numerusform>
            <numerusform>Delete %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeekWords</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>conflicts with %n</source>
        <translation>
            <numerusform>conflicts with %n</numerusform>
            <numerusform>conflicts with %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeeklyMenu</name>
    <message numerus="yes">
        <source>Delete %n stretches</source>
        <translation>
            <numerusform>Delete %n stretch</numerusform>
            <numerusform>Delete %n stretches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeeklySentences</name>
    <message numerus="yes">
        <source>%n pairs of stretches touch: each can be one.</source>
        <translation>
            <numerusform>%n pair of stretches touches: it can be one.</numerusform>
            <numerusform>%n pairs of stretches touch: each can be one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <translation>
            <numerusform>%n deleted</numerusform>
            <numerusform>%n deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requests, in an order in which callers are never offered a time that is closed before and after.</source>
        <translation>
            <numerusform>%n request, after which callers are offered no time that is closed before and after.</numerusform>
            <numerusform>%n requests, in an order in which callers are never offered a time that is closed before and after.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries of the next 12 weeks lie over these hours and go on deciding:</source>
        <translation>
            <numerusform>%n entry of the next 12 weeks lies over these hours and goes on deciding:</numerusform>
            <numerusform>%n entries of the next 12 weeks lie over these hours and go on deciding:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretches were not accepted by the server: choose one to see why.</source>
        <translation>
            <numerusform>%n stretch was not accepted by the server: choose it to see why.</numerusform>
            <numerusform>%n stretches were not accepted by the server: choose one to see why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretches are not on the server yet.</source>
        <translation>
            <numerusform>%n stretch is not on the server yet.</numerusform>
            <numerusform>%n stretches are not on the server yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretches that you deleted or changed still hold on the server:</source>
        <translation>
            <numerusform>%n stretch that you deleted or changed still holds on the server:</numerusform>
            <numerusform>%n stretches that you deleted or changed still hold on the server:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocked stretches can be booked just now: the server takes the new block only after the old one.</source>
        <translation>
            <numerusform>%n blocked stretch can be booked just now: the server takes the new block only after the old one.</numerusform>
            <numerusform>%n blocked stretches can be booked just now: the server takes the new block only after the old one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept: %n changes. Callers see them once the server has them. Undo in the week takes them back.</source>
        <translation>
            <numerusform>Kept: %n change. Callers see it once the server has it. Undo in the week takes it back.</numerusform>
            <numerusform>Kept: %n changes. Callers see them once the server has them. Undo in the week takes them back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeeklyWords</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation type="unfinished">
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretches</source>
        <translation>
            <numerusform>%n stretch</numerusform>
            <numerusform>%n stretches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Which</name>
    <message numerus="yes">
        <source>%n entries are selected in the week.</source>
        <translation>
            <numerusform>%n entry is selected in the week.</numerusform>
            <numerusform>%n entries are selected in the week.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhyWords</name>
    <message numerus="yes">
        <source>Delete these %n blocks</source>
        <translation>
            <numerusform>Delete this block</numerusform>
            <numerusform>Delete these %n blocks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete these %n openings</source>
        <translation>
            <numerusform>Delete this opening</numerusform>
            <numerusform>Delete these %n openings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes of the weekly hours</source>
        <translation>
            <numerusform>%n change of the weekly hours</numerusform>
            <numerusform>%n changes of the weekly hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries created</source>
        <translation>
            <numerusform>%n entry created</numerusform>
            <numerusform>%n entries created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries deleted</source>
        <translation>
            <numerusform>%n entry deleted</numerusform>
            <numerusform>%n entries deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries moved</source>
        <translation>
            <numerusform>%n entry moved</numerusform>
            <numerusform>%n entries moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries changed in length</source>
        <translation>
            <numerusform>%n entry changed in length</numerusform>
            <numerusform>%n entries changed in length</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries switched between available and blocked</source>
        <translation>
            <numerusform>%n entry switched between available and blocked</numerusform>
            <numerusform>%n entries switched between available and blocked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries changed</source>
        <translation>
            <numerusform>%n entry changed</numerusform>
            <numerusform>%n entries changed</numerusform>
        </translation>
    </message>
</context>
</TS>
