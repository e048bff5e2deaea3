using Millrace.EndToEnd.Processes;
using Xunit;

namespace Millrace.EndToEnd.Shop;

/// <summary>
/// A running shop that several classes of tests read: six products, one visitor who browsed shoes, others who made hats
/// popular. Nothing closes its windows.
/// </summary>
public sealed class OpenShop : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    internal ServedProject Project { get; private set; } = null!;

    internal string Data => folder["data"];

    public async Task InitializeAsync()
    {
        Project = await ServedProject.StartAsync(Checkout.Example, Data);
        await Project.PostAsync("/v1/sources/products/events", ShopEvent.Array(
            ShopEvent.Product("shoe-seen", "shoes", 10.5),
            ShopEvent.Product("shoe-bought", "shoes", 20.25),
            ShopEvent.Product("shoe-other", "shoes", 30),
            ShopEvent.Product("hat-top", "hats", 5),
            ShopEvent.Product("hat-two", "hats", 6),
            ShopEvent.Product("ä/b%2F c", "odd", 1)));
        await Project.PostAsync("/v1/events", ShopEvent.Array(
            ShopEvent.Json("v1", "visitor", "page_view", "shoe-bought", 0),
            ShopEvent.Json("v2", "visitor", "purchase", "shoe-bought", 1),
            ShopEvent.Json("v3", "visitor", "page_view", "shoe-seen", 2)));
        await Project.PostAsync("/v1/sources/clickstream/events", ShopEvent.Lines(
            ShopEvent.Json("o1", "other-1", "purchase", "hat-top", 3),
            ShopEvent.Json("o2", "other-1", "purchase", "hat-top", 3),
            ShopEvent.Json("o3", "other-2", "add_to_cart", "hat-two", 3),
            ShopEvent.Json("o4", "other-2", "page_view", "shoe-other", 3),
            ShopEvent.Json("o5", "other-2", "page_view", "shoe-seen", 3),
            ShopEvent.Json("o6", "other/2%2F ü", "page_view", "ä/b%2F c", 3)), "application/x-ndjson");
        await Project.CaughtUpAsync();
    }

    public async Task DisposeAsync()
    {
        await Project.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>The classes that share one <see cref="OpenShop"/>.</summary>
[CollectionDefinition("open shop")]
public sealed class OpenShopCollection : ICollectionFixture<OpenShop>;
