using Marketline.LocalHost.Engine.Store;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>A turn that an instance has to take, with the messages for it.</summary>
internal sealed record Turn(LiveInstance Instance, List<InboxMessage> Messages);
