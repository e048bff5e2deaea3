using Millrace.Hosting.Deployments;
using Millrace.Hosting.Tests.Support;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Storage.Disk;
using Millrace.Storage.Verification;
using Millrace.Testing.Disks;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;

namespace Millrace.Hosting.Tests.Deployments;

public sealed class DeploymentTests
{
    private const string Shop = TestProject.Shop;

    private static readonly string Halved =
        Shop.Replace("INTERVAL '1' MINUTE", "INTERVAL '30' SECOND", StringComparison.Ordinal);

    private static readonly string WithTwice =
        Shop.Replace("COUNT(*) AS clicks,", "COUNT(*) AS clicks, COUNT(*) * 2 AS twice,", StringComparison.Ordinal);

    private static readonly string Filtered =
        Shop.Replace("ON c.item = i.item", "ON c.item = i.item WHERE c.id <> '3'", StringComparison.Ordinal);

    private static readonly string WithoutWindow =
        Shop[..Shop.IndexOf("  - name: clicks_per_minute", StringComparison.Ordinal)];

    /// <summary>A rebuilt project holds what it would hold had it run from the beginning.</summary>
    [Theory]
    [InlineData("halved")]
    [InlineData("filtered")]
    [InlineData("added")]
    public void A_rebuild_gives_the_rows_of_a_fresh_run(string change)
    {
        (string from, string to) = change switch
        {
            "halved" => (Shop, Halved),
            "filtered" => (Shop, Filtered),
            _ => (WithoutWindow, Shop),
        };
        using ChangingShop fresh = new();
        fresh.Start(to);
        Feed(fresh, 0, 60);
        fresh.Stop();
        fresh.Start(to);
        Feed(fresh, 60, 90);

        using ChangingShop changed = new();
        changed.Start(from);
        Feed(changed, 0, 60);
        changed.Stop();
        changed.Start(to);
        Assert.True(changed.Core.Deployed.IsCompleted);
        Feed(changed, 60, 90);

        Assert.Equal(fresh.AllRows(), changed.AllRows());
        Assert.NotEmpty(fresh.Rows("clicks_per_minute"));
        foreach (string model in new[] { "clicks_priced", "clicks_per_minute" })
        {
            Assert.Equal(fresh.Read(model, ViewParts.FinalOnly), changed.Read(model, ViewParts.FinalOnly));
            Assert.Equal(fresh.Read(model, ViewParts.LiveOnly), changed.Read(model, ViewParts.LiveOnly));
        }
    }

    /// <summary>A column above a window keeps the counts of the windows that are open.</summary>
    [Fact]
    public void Open_windows_go_on_under_a_new_column()
    {
        using ChangingShop shop = new();
        shop.Start(Shop);
        Feed(shop, 0, 70);
        string[] before = shop.Rows("clicks_per_minute");
        shop.Stop();
        shop.Start(WithTwice);
        Assert.Equal(2, shop.Core.Folder.Deployment.Number);
        Assert.Equal(before, shop.Rows("clicks_per_minute"));
        string live = Assert.Single(shop.Read("clicks_per_minute", ViewParts.LiveOnly).Take(1));
        Assert.Contains("\"twice\":", live);

        Feed(shop, 70, 150);
        string rows = string.Join('\n', shop.Rows("clicks_per_minute"));
        Assert.Contains("\"minute_end\":\"2024-01-01T10:02:00\",\"clicks\":12,\"twice\":24", rows);
        Assert.DoesNotContain(shop.Topics(), t => t.Contains('~'));
    }

    /// <summary>A take-over has the disk flushed and writes a snapshot: reads wait for neither.</summary>
    [Fact]
    public void Reads_are_answered_while_a_changed_project_takes_over()
    {
        using ChangingShop shop = new();
        shop.Start(Shop);
        Feed(shop, 0, 70);
        shop.Stop();
        Task<ViewCapture>? beforeFiles = null;
        Task<ViewCapture>? beforeSnapshot = null;
        List<bool> answered = [];
        shop.Disk.Script = o =>
        {
            bool isArchive = o.Path.Contains("/projects/2.json", StringComparison.Ordinal);
            bool isSnapshot = o.Path.Contains("/snapshots/", StringComparison.Ordinal);
            if (isArchive && o.Name == "create")
            {
                answered.Add(beforeFiles!.IsCompleted);
                beforeSnapshot = Ask();
            }
            else if (isSnapshot && o.Name == "sync" && beforeSnapshot is not null && answered.Count == 1)
            {
                answered.Add(beforeSnapshot.IsCompleted);
            }
            else if (o.Name == "sync" && beforeSnapshot is null)
            {
                beforeFiles = Ask();
            }

            return DiskOutcome.Proceed;
        };
        shop.Start(Halved);

        Assert.True(shop.Core.Deployed.IsCompletedSuccessfully);
        Assert.Equal([true, true], answered);

        Task<ViewCapture>? Ask() => shop.TryCapture("clicks_per_minute");
    }

    /// <summary>A page of a topic that is replaced while it is read is one of the topic in its place.</summary>
    [Fact]
    public void Topics_are_readable_while_a_changed_project_takes_over()
    {
        using ChangingShop shop = new();
        shop.Start(Shop);
        Feed(shop, 0, 130);
        shop.Stop();
        shop.Open(Halved);
        shop.RunSteps();
        bool isChanging = true;
        shop.Disk.Reading = path =>
        {
            if (isChanging && path.Contains("/clicks_per_minute/", StringComparison.Ordinal))
            {
                isChanging = false;
                shop.RunAll();
            }
        };
        byte[]? page = shop.Core.ReadTopic("clicks_per_minute", 0, 0, 100);

        Assert.True(shop.Core.Deployed.IsCompletedSuccessfully);
        Assert.Equal(shop.Core.ReadTopic("clicks_per_minute", 0, 0, 100), page);
        Assert.Contains("T10:00:30", System.Text.Encoding.UTF8.GetString(page!), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_changes_is_no_deployment()
    {
        using ChangingShop shop = new();
        shop.Start(Shop);
        Feed(shop, 0, 70);
        shop.Stop();
        shop.Start(Shop.Replace("key: user", "key: user\n    description: By user.", StringComparison.Ordinal));
        Assert.Equal(1, shop.Core.Folder.Deployment.Number);
    }

    [Fact]
    public void Topics_that_were_replaced_go_and_those_of_models_that_are_gone_stay_until_they_are_pruned()
    {
        using ChangingShop shop = new();
        shop.Start(Shop);
        Feed(shop, 0, 70);
        shop.Stop();
        shop.Start(Halved);
        Assert.Equal(
            [
                "clicks$bad", "clicks_per_minute$bad~2", "clicks_per_minute$late~2", "clicks_per_minute~2",
                "clicks_priced", "clicks_priced$bad", "clicks_priced$late", "items$bad", "shop.clicks", "shop.items",
            ],
            shop.Topics());
        shop.Stop();
        shop.Start(WithoutWindow);
        Assert.Contains("clicks_per_minute~2", shop.Topics());
        shop.Stop();
        shop.Start(WithoutWindow);
        Assert.Contains("clicks_per_minute~2", shop.Topics());
        shop.Stop();
        shop.Start(WithoutWindow, prune: true);
        Assert.DoesNotContain(shop.Topics(), t => t.StartsWith("clicks_per_minute", StringComparison.Ordinal));
        shop.Stop();
        shop.Start(Shop);
        Assert.NotEmpty(shop.Rows("clicks_per_minute"));
    }

    [Fact]
    public void A_topic_whose_name_another_model_takes_over_has_a_name_of_its_own()
    {
        const string Name = "name: clicks_per_minute";
        string named = Shop.Replace("partitions: 2", "name: minutes, partitions: 2", StringComparison.Ordinal);
        string renamed = named.Replace(Name, "name: minutes_of_clicks", StringComparison.Ordinal);
        using ChangingShop shop = new();
        shop.Start(named);
        Feed(shop, 0, 70);
        Assert.StartsWith(
            "minutes_of_clicks has the topic minutes from now on; the old one stays",
            Assert.Single(shop.Plan(renamed).Notes["clicks_per_minute"]), StringComparison.Ordinal);
        shop.Stop();
        shop.Start(renamed);
        Assert.Equal(["minutes", "minutes~1"], Names());
        Assert.Contains("minutes~1", shop.Plan(renamed).Retired);
        shop.Stop();
        shop.Start(renamed, prune: true);
        Assert.Equal(["minutes"], Names());

        IEnumerable<string> Names() => FolderNames.Of(shop.Core.Folder).Select(t => t.Name)
            .Where(n => n.StartsWith("minutes", StringComparison.Ordinal) && !n.Contains('$', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>What the log has let go is not in a rebuild, and that is said before.</summary>
    [Fact]
    public void A_rebuild_sees_what_the_log_still_holds()
    {
        const string Topic = "topic: shop.clicks";
        const string Config = Topic
            + "\n    advanced: { topic: { config: { retention.ms: 30000, segment.bytes: 1024 } } }";
        string kept = Shop.Replace(Topic, Config, StringComparison.Ordinal);
        string changed = Halved.Replace(Topic, Config, StringComparison.Ordinal);
        using ChangingShop shop = new();
        shop.Start(kept);
        Feed(shop, 0, 300);
        shop.LetGo();
        long first = shop.Core.Folder.Topics.First(t => t.Name == "shop.clicks").Partitions[0].StartOffset;
        Assert.True(first > 0);
        string[] notes = shop.Plan(changed).Notes["clicks_per_minute"];
        Assert.Contains(notes, n => n.StartsWith("the log of clicks begins at 2024-", StringComparison.Ordinal));
        Assert.Contains(notes, n => n == $"computed from {122 - first} records of clicks, items");
        shop.Stop();

        shop.Start(changed);
        Assert.True(shop.Core.Deployed.IsCompleted, shop.Core.GetStatus().Fault?.ToString());
        string rows = string.Join('\n', shop.Rows("clicks_per_minute"));
        Assert.DoesNotContain("2024-01-01T10:00:30", rows);
        Assert.Contains("2024-01-01T10:04:30", rows);
    }

    [Fact]
    public void The_plan_tells_what_it_costs()
    {
        using ChangingShop shop = new();
        Assert.True(shop.Plan(Shop).Changes.IsFirst);
        shop.Start(Shop);
        Feed(shop, 0, 70);
        DeploymentPreview plan = shop.Plan(WithoutWindow + """
              - name: bought
                sql: SELECT id FROM {{ source("clicks") }} WHERE item IS NOT NULL
            """);
        Assert.Equal(["computed from 28 records of clicks"], plan.Notes["bought"]);
        Assert.Equal(["its topic clicks_per_minute stays until somebody starts with --prune"],
            plan.Notes["clicks_per_minute"]);
        Assert.Equal(["its topic clicks_per_minute is removed, with its rows"],
            shop.Plan(WithoutWindow, prune: true).Notes["clicks_per_minute"]);
        Assert.Empty(plan.Notes["clicks_priced"]);
        Assert.True(plan.Changes.NeedsConsent);
        Assert.True(shop.Plan(Shop).Changes.IsEmpty);
    }

    [Theory]
    [InlineData(Survival.All)]
    [InlineData(Survival.None)]
    public void A_folder_that_a_process_died_upon_while_it_made_it_is_none_yet(Survival survival)
    {
        bool isMade = false;
        for (int at = 1; !isMade; at++)
        {
            using ChangingShop shop = new();
            int last = shop.Disk.Operations + at;
            shop.Disk.Script = o => o.Number == last ? DiskOutcome.Crash : DiskOutcome.Proceed;
            try
            {
                shop.Open(Shop);
                isMade = true;
            }
            catch (SimulatedCrash)
            {
            }

            shop.Kill(survival);
            ProjectChanges changes = shop.Plan(Shop).Changes;
            Assert.True(changes.IsFirst || changes.IsEmpty, $"killed at operation {at}");
            shop.Start(Shop);
            Feed(shop, 0, 10);
            shop.Stop();
            Assert.Empty(new FolderVerification(shop.Disk, ChangingShop.Folder).Run());
        }
    }

    [Fact]
    public void Without_the_files_of_its_project_a_folder_is_damaged()
    {
        using ChangingShop shop = new();
        shop.Start(Shop);
        shop.Stop();
        shop.Disk.Delete("/d/data/projects/1.json");
        shop.Disk.DeleteDirectory("/d/data/projects");
        VerificationFinding finding = Assert.Single(new FolderVerification(shop.Disk, ChangingShop.Folder).Run());
        Assert.Equal(VerificationSeverity.Error, finding.Severity);
        Assert.Contains("projects/1.json", Assert.Throws<DamageFault>(() => shop.Open(Shop)).Message);
    }

    [Fact]
    public void What_the_data_does_not_allow_is_refused_and_changes_nothing()
    {
        using ChangingShop shop = new();
        shop.Start(Shop);
        Feed(shop, 0, 10);
        shop.Stop();
        DeploymentFault fault = Assert.Throws<DeploymentFault>(() => shop.Open(
            Shop.Replace("topic: shop.clicks", "topic: shop.clicks.v2", StringComparison.Ordinal)));
        Assert.Contains("shop.clicks", fault.Message);
        shop.Start(Shop);
        Assert.Equal(1, shop.Core.Folder.Deployment.Number);
    }

    /// <summary>The changed project runs on after restarts, from its snapshots and without them.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_changed_project_restarts(bool withoutSnapshots, bool isKept)
    {
        string later = isKept ? WithTwice : Halved;
        using ChangingShop shop = new();
        shop.Start(Shop);
        Feed(shop, 0, 70);
        shop.Stop();
        shop.Start(later);
        Feed(shop, 70, 100);
        Dictionary<string, string[]> rows = shop.AllRows();
        string[] live = shop.Read("clicks_per_minute", ViewParts.LiveOnly);
        shop.Kill();
        if (withoutSnapshots)
        {
            DeleteSnapshots(shop);
        }

        shop.Start(later);
        Assert.Equal(rows, shop.AllRows());
        Assert.Equal(live, shop.Read("clicks_per_minute", ViewParts.LiveOnly));
    }

    /// <summary>
    /// Without a snapshot the log is read from its beginning with the changed project, which fails on other rows than
    /// the one before it: what that one wrote stays as it is.
    /// </summary>
    [Theory]
    [InlineData("SELECT c.id, 10 / (CAST(c.id AS INT) - 20) AS n,", ChangeKind.Kept)]
    [InlineData("SELECT 10 / (CAST(c.id AS INT) - 20) AS id,", ChangeKind.Rebuilt)]
    public void A_changed_project_restarts_without_snapshots_where_it_fails_on_other_rows(
        string select, ChangeKind kind)
    {
        string later = Shop.Replace("SELECT c.id,", select, StringComparison.Ordinal);
        using ChangingShop shop = new();
        shop.Start(Shop);
        Feed(shop, 0, 130);
        Assert.Equal(kind, shop.Plan(later).Changes.Find("clicks_priced")!.Kind);
        shop.Stop();
        shop.Start(later);
        Feed(shop, 130, 160);
        Dictionary<string, string[]> rows = shop.AllRows();
        string[] live = shop.Read("clicks_per_minute", ViewParts.LiveOnly);
        shop.Kill();
        DeleteSnapshots(shop);
        shop.Start(later);
        Assert.Equal(rows, shop.AllRows());
        Assert.Equal(live, shop.Read("clicks_per_minute", ViewParts.LiveOnly));
        Feed(shop, 160, 200);
    }

    /// <summary>
    /// A model that is new reads a column that nobody read before, and a record of a window that is open at the
    /// take-over does not fit it. A snapshot has what the window held; without one the log counts it otherwise, and
    /// what it gave stays.
    /// </summary>
    [Fact]
    public void What_was_open_at_a_take_over_is_no_fault_without_snapshots()
    {
        string before = Shop.Replace(
            "- name: at\n", "- name: at\n      - { name: size, type: INT }\n", StringComparison.Ordinal);
        string later = before + """

              - name: sizes
                sql: SELECT c.id, c.size FROM {{ source("clicks") }} c
            """;
        using ChangingShop shop = new();
        shop.Start(before);
        Feed(shop, 0, 130);
        shop.Append("clicks", """{"id":"131","user":"u1","item":"a","at":"2024-01-01T10:02:11","size":"large"}""");
        shop.Stop();
        shop.Start(later);
        Assert.Equal(ChangeKind.Unchanged, ChangeOf("clicks_per_minute"));
        Feed(shop, 130, 260);
        Dictionary<string, string[]> rows = shop.AllRows();
        shop.Kill();
        SimulatedDisk second = shop.Disk.Copy();
        shop.Start(later);
        Assert.Empty(shop.Core.GetStatus().Restart.Remarks);
        Assert.Equal(rows, shop.AllRows());
        shop.Kill();

        shop.Disk = second;
        DeleteSnapshots(shop);
        shop.Start(later);
        Assert.Contains("took over", Assert.Single(shop.Core.GetStatus().Restart.Remarks), StringComparison.Ordinal);
        Assert.Equal(rows, shop.AllRows());
        Feed(shop, 260, 400);
        Assert.Equal(rows["clicks_priced"].Length + 56, shop.Rows("clicks_priced").Length);

        ChangeKind ChangeOf(string table) => ProjectChanges
            .Compare(TestProject.Compile(before), TestProject.Compile(later)).Find(table)!.Kind;
    }

    /// <summary>
    /// Killed at any operation on the disk, with any of what was not synced lost: the rows of the old project or those
    /// of the new one, and in the end those of the new one.
    /// </summary>
    [Theory]
    [InlineData(Survival.All, false)]
    [InlineData(Survival.None, false)]
    [InlineData(Survival.Some, false)]
    [InlineData(Survival.Some, true)]
    public void A_deployment_that_is_killed_is_made_or_not_made(Survival survival, bool isKept)
    {
        string later = isKept ? WithTwice : Halved;
        using ChangingShop shop = new();
        shop.Start(Shop);
        Feed(shop, 0, 45);
        Dictionary<string, string[]> old = shop.AllRows();
        shop.Stop();
        SimulatedDisk begin = shop.Disk;
        shop.Disk = Copy(begin);
        int operations = -shop.Disk.Operations;
        shop.Start(later);
        Dictionary<string, string[]> changed = shop.AllRows();
        shop.Stop();
        operations += shop.Disk.Operations;
        Assert.True(operations >= 40, $"only {operations} operations");
        for (int at = 1; at <= operations; at++)
        {
            shop.Disk = Copy(begin);
            int before = shop.Disk.Operations;
            int crash = before + at;
            shop.Disk.Script = o => o.Number == crash ? DiskOutcome.Crash : DiskOutcome.Proceed;
            Assert.Throws<SimulatedCrash>(() =>
            {
                shop.Start(later);
                shop.Stop();
            });
            shop.Kill(survival);
            shop.Open(later);
            shop.RunSteps();
            Assert.True(shop.Core.Ready.IsCompletedSuccessfully, $"operation {at}: {shop.Core.GetStatus().Fault}");
            Assert.Equal(shop.Core.Folder.Deployment.Number == 1 ? old : changed, shop.AllRows());
            shop.RunAll();
            Assert.Equal(changed, shop.AllRows());
            Assert.Equal(2, shop.Core.Folder.Deployment.Number);
            shop.Kill();
        }
    }

    // The disk stays as it is: each process that dies on it leaves the same.
    private static SimulatedDisk Copy(SimulatedDisk disk)
    {
        SimulatedDisk copy = disk.Restart(Survival.All);
        copy.Script = static _ => DiskOutcome.Proceed;
        return copy;
    }

    private static void DeleteSnapshots(ChangingShop shop)
    {
        foreach (string name in shop.Disk.List("/d/data/snapshots"))
        {
            shop.Disk.Delete("/d/data/snapshots/" + name);
        }
    }

    private static void Feed(ChangingShop shop, int from, int to)
    {
        if (from == 0)
        {
            shop.Append("items", "{\"item\":\"a\",\"price\":2.5}\n{\"item\":\"b\",\"price\":4}", 0);
        }

        for (int second = from; second < to; second += 5)
        {
            shop.Append("clicks", Click(second, "u1", "a", second) + "\n" + Click(second + 1, "u2", "b", second + 2));
            shop.Advance(1);
        }
    }
}
