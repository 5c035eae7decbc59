namespace Marketline.Analytics.Shapes;

/// <summary>
/// A column that a latest dataset has beside those of the clean record: it remembers earlier runs. The expression is SQL over
/// <c>n</c> (what this run makes of the object), <c>p</c> (the dataset's row, all NULL for a new object) and <c>job</c>.
/// </summary>
internal sealed record TrackedColumn(string Name, string Type, string Expression) : Column(Name, Type);
