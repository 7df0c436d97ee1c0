namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>A comment of the file: the whole of it, and the text between its marks.</summary>
internal readonly record struct SourceComment(int Start, int End, int TextStart, int TextEnd);
