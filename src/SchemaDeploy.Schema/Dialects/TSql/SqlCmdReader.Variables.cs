using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>sqlcmd's $(variables), and the placeholders that installers and other tools put before names.</summary>
internal sealed partial class SqlCmdReader
{
    private const int VariableNameLimit = 200;

    private void Variable(int limit, bool keepUnknown)
    {
        var close = _text.IndexOf(')', _position, Math.Min(limit - _position, VariableNameLimit));
        var name = close < 0 ? "" : _text[(_position + 2)..close];
        if (name.Length == 0 || !name.All(c => TSqlScanner.IsNamePart(c) || c is '-' or '.'))
        {
            _position += 2;
            return;
        }

        var length = close + 1 - _position;
        if (!_variables.TryGetValue(name, out var value))
        {
            if (keepUnknown)
            {
                _position += length;
                return;
            }

            value = name;
            ReportOnce(TSqlDiagnostics.UndefinedVariable, name, _position, length);
        }

        Replace(_position, length, value);
    }

    /// <summary>{databaseOwner}, ${schema}. and {{schema}}. of installers; {fn …} and {d '…'} are ODBC's.</summary>
    private void Template()
    {
        var open = _position;
        while (open < _text.Length && _text[open] is '$' or '{')
        {
            open++;
        }

        var close = open;
        while (close < _text.Length && TSqlScanner.IsNamePart(_text[close]))
        {
            close++;
        }

        var end = close;
        while (end < _text.Length && _text[end] == '}')
        {
            end++;
        }

        if (close == open || end == close)
        {
            _position = open;
            return;
        }

        LeaveOut(open, close, end);
    }

    /// <summary>@schema.table, as some tools write it. In T-SQL itself, variables have members only in queries.</summary>
    private void TemplateSchema()
    {
        var end = _position + 1;
        while (end < _text.Length && TSqlScanner.IsNamePart(_text[end]))
        {
            end++;
        }

        if (end < _text.Length && _text[end] == '.' && end > _position + 1 && FollowsTableWord())
        {
            LeaveOut(_position, end, end);
        }
        else
        {
            _position = end;
        }
    }

    private bool FollowsTableWord()
    {
        var end = _position;
        while (end > 0 && _position - end < 100 && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        var start = end;
        while (start > 0 && end - start < 12 && char.IsAsciiLetter(_text[start - 1]))
        {
            start--;
        }

        return _text[start..end].ToUpperInvariant() is "TABLE" or "REFERENCES" or "ON" or "EXISTS" or "INTO";
    }

    private void LeaveOut(int nameStart, int nameEnd, int end)
    {
        ReportOnce(ReadingDiagnostics.TemplateVariable, _text[nameStart..nameEnd], _position, end - _position);
        if (end < _text.Length && _text[end] == '.')
        {
            end++;
        }

        Replace(_position, end - _position, "");
    }

    private void ReportOnce(DiagnosticDescriptor descriptor, string name, int start, int length)
    {
        if (_reported.Add(name))
        {
            _diagnostics.Report(descriptor, _source.Span(start, length), name);
        }
    }

    private void Replace(int start, int length, string value)
    {
        CopyTo(start);
        _batch.Replace(start, length, value);
        _copied = _position = start + length;
    }
}
