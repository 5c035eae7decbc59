namespace Marketline.LocalHost.DemoMarketplace.SavedPages;

/// <summary>A folder of saved pages that can not be served; the message names the file and what is wrong with it.</summary>
public sealed class SavedPagesException : Exception
{
    public SavedPagesException()
        : base("The saved pages can not be served.") { }

    public SavedPagesException(string message)
        : base(message) { }

    public SavedPagesException(string message, Exception innerException)
        : base(message, innerException) { }
}
