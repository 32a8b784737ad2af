namespace VetBooking.Scheduling.Flow;

/// <summary>How far somebody has come on the day of their visit.</summary>
public enum Step
{
    /// <summary>Has not come yet.</summary>
    Expected,

    /// <summary>Waits.</summary>
    Arrived,

    /// <summary>Was called, and is on the way.</summary>
    Called,

    /// <summary>Is being seen.</summary>
    InRoom,

    /// <summary>Has been seen.</summary>
    Done,

    /// <summary>Did not come, or left before it was their turn.</summary>
    NoShow,
}

/// <summary>Why a step cannot be taken.</summary>
public enum StepRefusal
{
    /// <summary>Nothing is booked: it was never confirmed, or called off.</summary>
    NotBooked,

    /// <summary>The visit is on a later day.</summary>
    LaterDay,

    /// <summary>They are not late yet.</summary>
    NotLate,

    /// <summary>They are further on, or not so far.</summary>
    OutOfOrder,

    /// <summary>Somebody else pressed a button since this page was loaded.</summary>
    ChangedMeanwhile,
}
