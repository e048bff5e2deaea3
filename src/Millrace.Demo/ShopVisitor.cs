using System.Globalization;
using System.Text;

namespace Millrace.Demo;

/// <summary>
/// The parts of a visit's events that do not change from event to event, as JSON bytes. Who a visitor is follows from
/// the number alone: the same one has the same cookie, account, device and country each time.
/// </summary>
internal sealed class ShopVisitor
{
    /// <summary>A third of the visits come through a client that leaves NULL fields out.</summary>
    public bool OmitsNulls { get; private set; }

    public bool HasAccount { get; private set; }

    public int Favourite { get; private set; }

    /// <summary><c>,"session_id":…,"user_id":…,"anonymous_id":…,"event_type":"</c></summary>
    public byte[] Head { get; private set; } = [];

    /// <summary>The same without a session id.</summary>
    public byte[] HeadWithoutSession { get; private set; } = [];

    /// <summary><c>,"device_type":…,"browser":…,"country":…,"timestamp":"</c></summary>
    public byte[] Tail { get; private set; } = [];

    private string session = "";
    private string user = "";

    public void Arrive(ulong seed, int userNumber, long sessionNumber, int categories)
    {
        ShopRandom random = new(seed ^ ((ulong)userNumber << 20));
        user = userNumber.ToString(CultureInfo.InvariantCulture);
        session = ShopRandom.Mix(seed ^ (ulong)sessionNumber).ToString("x16", CultureInfo.InvariantCulture);
        HasAccount = random.Chance(0.6);
        Favourite = random.Below(categories);
        string device = ShopVocabulary.DeviceNames[ShopVocabulary.Devices.Draw(ref random)];
        string browser = ShopVocabulary.Browsers[random.Below(ShopVocabulary.Browsers.Length)];
        string country = ShopVocabulary.Countries[ShopVocabulary.CountryWeights.Draw(ref random)];
        bool isCountryKnown = random.Chance(0.97);
        OmitsNulls = random.Chance(0.33);
        string place = isCountryKnown ? $",\"country\":\"{country}\"" : OmitsNulls ? "" : ",\"country\":null";
        Tail = Encoding.UTF8.GetBytes(
            $",\"device_type\":\"{device}\",\"browser\":\"{browser}\"{place},\"timestamp\":\"");
        RenderHead(isLoggedIn: false);
    }

    public void RenderHead(bool isLoggedIn)
    {
        string account = isLoggedIn ? $",\"user_id\":\"u{user}\"" : OmitsNulls ? "" : ",\"user_id\":null";
        string rest = $"{account},\"anonymous_id\":\"a{user}\",\"event_type\":\"";
        Head = Encoding.UTF8.GetBytes($",\"session_id\":\"s{session}\"{rest}");
        HeadWithoutSession = Encoding.UTF8.GetBytes($"{(OmitsNulls ? "" : ",\"session_id\":null")}{rest}");
    }
}
