namespace Millrace.Demo;

/// <summary>What a visitor does next.</summary>
internal enum ShopAction : byte
{
    PageView,
    Click,
    Search,
    AddToCart,
    RemoveFromCart,
    Purchase,
    Scroll,
}
