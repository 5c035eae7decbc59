namespace Marketline.Analytics.Query;

/// <summary>A column that rows are sorted by; nulls come last in either direction.</summary>
public sealed record SortColumn(DatasetColumn Column, bool IsDescending);
