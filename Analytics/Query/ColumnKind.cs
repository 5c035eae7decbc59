namespace Marketline.Analytics.Query;

/// <summary>What a column's values are, and so what a filter on it may say.</summary>
public enum ColumnKind
{
    Text,
    Integer,
    Number,
    Decimal,
    Boolean,
    Date,
    Instant,
}
