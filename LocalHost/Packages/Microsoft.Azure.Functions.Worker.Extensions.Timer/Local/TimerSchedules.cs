using System.Globalization;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>Reads the schedules of timer functions, with <c>%Setting%</c> expressions resolved.</summary>
internal sealed class TimerSchedules(IConfiguration settings, TimeProvider time)
{
    public TimeZoneInfo Zone { get; } = ReadZone(settings["WEBSITE_TIME_ZONE"]);

    public TimerSchedule Of(FunctionDescriptor function)
    {
        var trigger = (TimerTriggerAttribute)function.Trigger;
        var expression = SettingExpression.Resolve(trigger.Schedule, settings, function.Name);
        if (CronSchedule.TryParse(expression, Zone) is { } cron)
        {
            return cron.Occurs(time.GetUtcNow()) ? cron : throw function.Complain($"the schedule '{expression}' never comes.");
        }

        return TimeSpan.TryParse(expression, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? new ConstantSchedule(interval)
            : throw function.Complain($"the schedule '{expression}' is neither a cron expression of five or six fields nor a time span.");
    }

    private static TimeZoneInfo ReadZone(string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : throw new HostStartException($"The setting WEBSITE_TIME_ZONE is '{id}', expected a time zone that this machine knows.");
    }
}
