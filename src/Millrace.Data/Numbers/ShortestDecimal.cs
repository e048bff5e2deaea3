using System.Numerics;

namespace Millrace.Data.Numbers;

/// <summary>
/// The decimal of the fewest digits, but at least two, that reads back as a given double, and of those the nearest:
/// the digits that Java prints from version 19 on. R. Giulietti's algorithm ("The Schubfach way to render doubles",
/// 2020): the bounds of the double's rounding interval are scaled by a power of ten in 126-bit precision, enough to
/// decide every case without retry.
/// </summary>
internal static class ShortestDecimal
{
    private const int MinExponent = -1074;
    private const ulong HiddenBit = 1UL << 52;
    private const int MinPower = -324;
    private const int MaxPower = 292;
    private const ulong Mask63 = long.MaxValue;

    // Per k the upper and lower 63 bits of 10^-k, scaled to 126 bits and rounded up.
    private static readonly ulong[] Powers = MakePowers();

    /// <summary>
    /// Digits and exponent, value = digits × 10^exponent, of a positive finite double; digits may end in zeros.
    /// </summary>
    public static (ulong Digits, int Exponent) Of(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        ulong fraction = bits & (HiddenBit - 1);
        int biased = (int)(bits >> 52);
        if (biased > 0)
        {
            int q = biased - 1075;
            ulong c = HiddenBit | fraction;
            if (q is > -53 and < 0 && c >> -q << -q == c)
            {
                // A whole number below 2^53 is its own digits.
                return (c >> -q, 0);
            }

            return Round(q, c, 0);
        }

        // The two smallest doubles have no two digits of their own; ten times as large they have.
        return fraction < 3 ? Round(MinExponent, 10 * fraction, -1) : Round(MinExponent, fraction, 0);
    }

    private static (ulong Digits, int Exponent) Round(int q, ulong c, int shift)
    {
        ulong odd = c & 1;
        ulong middle = c << 2;
        ulong right = middle + 2;
        ulong left;
        int k;
        if (c != HiddenBit || q == MinExponent)
        {
            left = middle - 2;
            k = (int)((q * 661_971_961_083L) >> 41);
        }
        else
        {
            // Below a power of two the neighbours are twice as close.
            left = middle - 1;
            k = (int)((q * 661_971_961_083L - 274_743_187_321L) >> 41);
        }

        int h = q + (int)((-k * 913_124_641_741L) >> 38) + 2;
        ulong high = Powers[(k - MinPower) * 2];
        ulong low = Powers[(k - MinPower) * 2 + 1];
        ulong v = Scale(high, low, middle << h);
        ulong vLeft = Scale(high, low, left << h) + odd;
        ulong vRight = Scale(high, low, right << h);
        ulong s = v >> 2;
        if (s >= 100)
        {
            ulong tens = s / 10 * 10;
            bool below = vLeft <= tens << 2;
            bool above = ((tens + 10) << 2) + odd <= vRight;
            if (below != above)
            {
                return (below ? tens : tens + 10, k);
            }
        }

        bool down = vLeft <= s << 2;
        bool up = ((s + 1) << 2) + odd <= vRight;
        if (down != up)
        {
            return (down ? s : s + 1, k + shift);
        }

        long beyond = (long)(v - ((s + s + 1) << 1));
        return (beyond < 0 || (beyond == 0 && (s & 1) == 0) ? s : s + 1, k + shift);
    }

    // The product's upper bits, the last of them set where anything was cut off.
    private static ulong Scale(ulong high, ulong low, ulong value)
    {
        ulong x = Math.BigMul(low, value, out _);
        ulong y = Math.BigMul(high, value, out ulong yLow);
        ulong z = (yLow >> 1) + x;
        return (y + (z >> 63)) | (((z & Mask63) + Mask63) >> 63);
    }

    private static ulong[] MakePowers()
    {
        ulong[] table = new ulong[(MaxPower - MinPower + 1) * 2];
        for (int k = MinPower; k <= MaxPower; k++)
        {
            BigInteger power = BigInteger.Pow(10, Math.Abs(k));
            BigInteger scaled = k <= 0
                ? Shift(power, 126 - (int)power.GetBitLength())
                : (BigInteger.One << (125 + (int)power.GetBitLength())) / power;
            scaled = k > 0 && scaled.GetBitLength() > 126 ? scaled >> 1 : scaled;
            scaled += 1;
            table[(k - MinPower) * 2] = (ulong)(scaled >> 63);
            table[(k - MinPower) * 2 + 1] = (ulong)(scaled & Mask63);
        }

        return table;
    }

    private static BigInteger Shift(BigInteger value, int by) => by >= 0 ? value << by : value >> -by;
}
