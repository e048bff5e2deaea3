using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Millrace.Tidy.Layers;

/// <summary>
/// The order of folders inside a project: a type may use types of its own folder and of those to its left in
/// <c>eng/layers.txt</c>. Names are resolved by the compiler, so a property called like a type is no use of it.
/// </summary>
public static class FolderRule
{
    /// <param name="order">The project's folders, lowest first; null when it has no line.</param>
    /// <param name="project">Its name, for messages.</param>
    /// <param name="files">All its files.</param>
    public static IEnumerable<string> Check(
        IReadOnlyList<string>? order, string project, IReadOnlyList<SourceFile> files)
    {
        List<string> folders =
            [.. files.Select(f => f.Folder).Where(f => f.Length > 0).Distinct(StringComparer.Ordinal)];
        if (folders.Count < 2)
        {
            return [];
        }

        List<string> missing = [.. folders.Except(order ?? [], StringComparer.Ordinal)];
        return missing.Count > 0
            ? missing.Select(
                f => $"eng/layers.txt: [folders] {project} lacks {f}; put it behind the folders that it uses")
            : Uses(files).Where(u => Rank(order!, u.From.Folder) < Rank(order!, u.To))
                .Select(
                    u => $"{u.From.At(u.Node)}: {u.From.Folder} uses {u.Node} of {u.To}, which is above it "
                        + "(eng/layers.txt); "
                    + "move the type down or turn the call around");
    }

    private static int Rank(IReadOnlyList<string> order, string folder) => order.ToList().IndexOf(folder);

    private static IEnumerable<(SourceFile From, string To, SyntaxNode Node)> Uses(IReadOnlyList<SourceFile> files)
    {
        CSharpCompilation compilation = Compile(files);
        Dictionary<string, SourceFile> byPath = files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        foreach (SourceFile file in files.Where(f => f.Folder.Length > 0))
        {
            SemanticModel model = compilation.GetSemanticModel(file.Tree);
            foreach (SimpleNameSyntax name in file.Tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                foreach (string folder in FoldersOf(model.GetSymbolInfo(name).Symbol, byPath))
                {
                    yield return (file, folder, name);
                }
            }
        }
    }

    /// <summary>The folders that declare a type; none when one is the project's entrance or the symbol is no type of
    /// ours.</summary>
    private static IEnumerable<string> FoldersOf(ISymbol? symbol, Dictionary<string, SourceFile> byPath)
    {
        if (symbol is not INamedTypeSymbol)
        {
            return [];
        }

        List<string> folders = [.. symbol.DeclaringSyntaxReferences
            .Where(r => byPath.ContainsKey(r.SyntaxTree.FilePath))
            .Select(r => byPath[r.SyntaxTree.FilePath].Folder).Distinct(StringComparer.Ordinal)];
        return folders.Count == 1 && folders[0].Length > 0 ? folders : [];
    }

    private static CSharpCompilation Compile(IReadOnlyList<SourceFile> files)
    {
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        SyntaxTree usings = CSharpSyntaxTree.ParseText(
            "global using System; global using System.Collections.Generic; global using System.IO; global using "
                + "System.Linq;");
        return CSharpCompilation.Create("folders", files.Select(f => f.Tree).Append(usings),
            trusted.Split(Path.PathSeparator)
                .Where(p => !Path.GetFileName(p).StartsWith("Millrace.", StringComparison.Ordinal))
                .Select(p => MetadataReference.CreateFromFile(p)));
    }
}
