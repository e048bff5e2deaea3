using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Millrace.Tidy.Symbols;

/// <summary>One use of a foreign member by a method of an assembly.</summary>
/// <param name="Type">The using type, nested ones (closures, state machines) under their outermost.</param>
/// <param name="Method">The using method.</param>
/// <param name="Member"><c>System.IO.File.Exists</c>; a constructor is <c>System.Random..ctor()</c> without parameters,
/// <c>..ctor(String)</c> when the first one is a string, else <c>..ctor(?)</c>.</param>
public sealed record Use(string Type, string Method, string Member);

/// <summary>What the code of a compiled assembly calls in other assemblies, read from its metadata and IL.</summary>
public static class AssemblyUses
{
    public static IEnumerable<Use> Read(Stream assembly)
    {
        using PEReader file = new(assembly);
        MetadataReader reader = file.GetMetadataReader();
        foreach (MethodDefinition method in reader.MethodDefinitions.Select(reader.GetMethodDefinition)
            .Where(m => m.RelativeVirtualAddress != 0))
        {
            string type = Outermost(reader, method.GetDeclaringType());
            byte[] il = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() ?? [];
            foreach (string member in IlReader.Tokens(il).Select(t => Name(reader, t)).OfType<string>())
            {
                yield return new Use(type, reader.GetString(method.Name), member);
            }
        }
    }

    private static string Outermost(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? Outermost(reader, outer)
            : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    private static string? Name(MetadataReader reader, EntityHandle token) => token.Kind switch
    {
        HandleKind.MemberReference => Member(reader, reader.GetMemberReference((MemberReferenceHandle)token)),
        HandleKind.MethodSpecification =>
            Name(reader, reader.GetMethodSpecification((MethodSpecificationHandle)token).Method),
        HandleKind.TypeReference => TypeName(reader, reader.GetTypeReference((TypeReferenceHandle)token)),
        _ => null,
    };

    private static string? Member(MetadataReader reader, MemberReference member)
    {
        string name = reader.GetString(member.Name);
        string shown = name == ".ctor" ? name + FirstParameter(reader.GetBlobReader(member.Signature)) : name;
        return Name(reader, member.Parent) is { } type ? $"{type}.{shown}" : null;
    }

    private static string TypeName(MetadataReader reader, TypeReference type) =>
        type.ResolutionScope.Kind == HandleKind.TypeReference
            ? TypeName(reader, reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))
                + $".{reader.GetString(type.Name)}"
            : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";

    /// <summary>A constructor's signature: calling convention, parameter count, void, then the parameters'
    /// types.</summary>
    private static string FirstParameter(BlobReader signature)
    {
        signature.ReadSignatureHeader();
        int count = signature.ReadCompressedInteger();
        signature.ReadSignatureTypeCode();
        return count == 0 ? "()" : signature.ReadSignatureTypeCode() == SignatureTypeCode.String ? "(String)" : "(?)";
    }
}
