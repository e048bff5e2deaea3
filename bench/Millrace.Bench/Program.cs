using Millrace.Bench.Json;
using Millrace.Bench.Measuring;

// One verb per benchmark: what it runs beside what. Add a line for a new one.
Dictionary<string, Func<Contest>> contests = new()
{
    ["decode"] = DecodeContest.Make,
    ["encode"] = EncodeContest.Make,
};

if (args.Length == 0 || !contests.TryGetValue(args[0], out Func<Contest>? make))
{
    Console.WriteLine($"usage: Millrace.Bench <{string.Join('|', contests.Keys)}> [rounds]");
    return 1;
}

int rounds = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 51;
make().Run(rounds, Console.Out);
return 0;
