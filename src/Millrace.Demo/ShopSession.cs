using System.Runtime.CompilerServices;

namespace Millrace.Demo;

/// <summary>
/// One visit: who, what is in view, what is in the cart, and how it goes on. Visits look at products of a favourite
/// category, search, fill a cart, take things out again; a good third of the filled carts is bought, which needs a
/// log-in first.
/// </summary>
internal struct ShopSession
{
    public const int NoProduct = -1;
    private const int CartSize = 4;

    private Cart cart;
    private int cartCount;
    private int stepsLeft;
    private bool isPaying;

    public ShopSession(int steps, int favourite, bool isLoggedIn)
    {
        stepsLeft = steps;
        Favourite = favourite;
        IsLoggedIn = isLoggedIn;
        InView = NoProduct;
        IsFirst = true;
    }

    public int Favourite { get; }

    /// <summary>The product on the screen, or <see cref="NoProduct"/>.</summary>
    public int InView { get; private set; }

    public bool IsLoggedIn { get; set; }

    public bool IsFirst { get; set; }

    /// <summary>
    /// The visit goes on: an action and the product that it is about; false when the visitor has left.
    /// </summary>
    public bool TryAct(ShopCatalogue catalogue, ref ShopRandom random, out ShopAction action, out int product)
    {
        if (isPaying)
        {
            return TryPay(out action, out product);
        }

        if (stepsLeft-- <= 0)
        {
            isPaying = cartCount > 0 && random.Chance(0.4);
            return TryPay(out action, out product);
        }

        double dice = random.Unit();
        if (InView == NoProduct || dice < 0.5)
        {
            action = Look(catalogue, ref random);
        }
        else
        {
            action = Handle(dice);
        }

        product = action switch
        {
            ShopAction.Search => NoProduct,
            ShopAction.RemoveFromCart => cart[--cartCount],
            _ => InView,
        };
        return true;
    }

    private ShopAction Look(ShopCatalogue catalogue, ref ShopRandom random)
    {
        double dice = random.Unit();
        if (dice < 0.1)
        {
            InView = NoProduct;
            return ShopAction.Search;
        }

        int category = random.Chance(0.75) ? Favourite : random.Below(catalogue.CategoryCount);
        InView = dice < 0.18 ? NoProduct : catalogue.Draw(category, ref random);
        return ShopAction.PageView;
    }

    /// <summary>What one does with the product in view; dice is between 0.5 and 1.</summary>
    private ShopAction Handle(double dice)
    {
        if (dice < 0.62 && cartCount < CartSize)
        {
            cart[cartCount++] = InView;
            return ShopAction.AddToCart;
        }

        return dice switch
        {
            < 0.66 when cartCount > 0 => ShopAction.RemoveFromCart,
            < 0.68 => ShopAction.Scroll,
            < 0.86 => ShopAction.Click,
            _ => ShopAction.PageView,
        };
    }

    private bool TryPay(out ShopAction action, out int product)
    {
        action = ShopAction.Purchase;
        product = NoProduct;
        if (!isPaying || cartCount == 0)
        {
            return false;
        }

        IsLoggedIn = true;
        product = cart[--cartCount];
        return true;
    }

    [InlineArray(CartSize)]
    private struct Cart
    {
        private int first;
    }
}
