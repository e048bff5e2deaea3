namespace Millrace.Projects;

/// <summary>The keys of an item of <c>tests:</c>.</summary>
internal static class TestKeys
{
    private static readonly KeySet Alert = new(
        "an alert",
        [
            new("channel", "text", "`slack`, `webhook`, or with `type:` the Slack channel to name in the message"),
            new("type", "text", "`slack` or `webhook`"),
            new("webhook", "text", "the address to POST to; needed only when the alert is sent"),
            .. KeySet.Duration("cooldown", "least time between two alerts of the test"),
        ]);

    private static readonly YamlKey[] Actions =
    [
        new("alert", "mapping", "tell somebody", Nested: Alert),
        new("dlq", "mapping", "rejected rows stay in the topic of the model", KeyUse.NotYet),
        new("pause", "mapping", "a failing test does not stop a model", KeyUse.NotYet),
        new("block_deploy", "mapping", "deployment does not ask tests", KeyUse.NotYet),
    ];

    private static readonly KeySet OnFailure = new(
        "on_failure",
        [
            .. Actions,
            new("severity", "text", "`error` (default) or `warning`"),
            new("actions", "list", "what to do; the same as a list right below `on_failure`", Nested: new KeySet(
                "an action", Actions)),
        ]);

    public static readonly KeySet Set = new(
        "a test",
        new("name", "text", "required"),
        new("description", "text", "for people", KeyUse.Described),
        new("tags", "text or list", "for people and tools", KeyUse.Described),
        new("model", "text", "the model whose rows are tested"),
        new("source", "text", "the source whose records are tested; one of `model` and `source` is required"),
        new("type", "text", "`schema` (all rows), `sample`, or `continuous` (while the project runs); required"),
        new("sample_size", "number", "rows of a sample; default 1000"),
        new("assertions", "list", "what must hold; required", Nested: AssertionKeys.Set),
        new("on_failure", "list or mapping", "what to do when it does not", Nested: OnFailure),
        new("flink_cluster", "text", "the Flink cluster", KeyUse.Deployed));
}
