namespace Marketline.LocalHost.Engine.Store;

/// <summary>The tables. Times are UTC ticks; <c>instance</c> is <c>instances.key</c>, which is never used twice.</summary>
internal static class Schema
{
    /// <summary>Raised with every change of the tables or of the meaning of history events.</summary>
    public const long Version = 1;

    /// <summary>
    /// inbox: what an instance has to take in, in the order of seq; execution is -1 where any execution may take it.
    /// tasks: activities to run. timers: task_id -1 is a delayed start, whose event the inbox gets.
    /// history: one row per turn of the orchestrator, its events as a JSON array.
    /// </summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS instances (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            status INTEGER NOT NULL,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            execution INTEGER NOT NULL,
            turns INTEGER NOT NULL,
            started INTEGER NOT NULL,
            parent INTEGER,
            parent_execution INTEGER,
            parent_task INTEGER,
            input TEXT,
            output TEXT,
            custom_status TEXT,
            failure TEXT,
            tags TEXT,
            trace_parent TEXT);
        CREATE INDEX IF NOT EXISTS instances_by_parent ON instances (parent) WHERE parent IS NOT NULL;
        CREATE TABLE IF NOT EXISTS history (
            instance INTEGER NOT NULL,
            turn INTEGER NOT NULL,
            events BLOB NOT NULL,
            PRIMARY KEY (instance, turn)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS inbox (
            instance INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            execution INTEGER NOT NULL,
            event BLOB NOT NULL,
            PRIMARY KEY (instance, seq)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS tasks (
            seq INTEGER PRIMARY KEY,
            instance INTEGER NOT NULL,
            execution INTEGER NOT NULL,
            task_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            input TEXT,
            trace_parent TEXT);
        CREATE TABLE IF NOT EXISTS timers (
            instance INTEGER NOT NULL,
            execution INTEGER NOT NULL,
            task_id INTEGER NOT NULL,
            due INTEGER NOT NULL,
            event BLOB,
            PRIMARY KEY (instance, execution, task_id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS timers_by_due ON timers (due);
        """;
}
