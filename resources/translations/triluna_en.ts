<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ConflictCard</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
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
    <name>Notices</name>
    <message numerus="yes">
        <source>%n entries are missing from the server&apos;s list</source>
        <translation>
            <numerusform>%n entry is missing from the server&apos;s list</numerusform>
            <numerusform>%n entries are missing from the server&apos;s list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server refused %n of your changes.</source>
        <translation>
            <numerusform>The server refused one of your changes.</numerusform>
            <numerusform>The server refused %n of your changes.</numerusform>
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
    <name>Words</name>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
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
