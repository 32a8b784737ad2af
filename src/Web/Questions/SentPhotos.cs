using VetBooking.Web.Booking;
using VetBooking.Web.Pictures;

namespace VetBooking.Web.Questions;

/// <summary>Makes pictures of our own of the photos that were sent, or notes what is wrong with them.</summary>
internal static class SentPhotos
{
    /// <summary>The photos to keep, each with what it was asked for with. Those that nobody asked for are passed over.</summary>
    public static async Task<IReadOnlyList<(string Asked, Drawn Drawn)>> Draw(Questionnaire questions, Given given, IReadOnlyList<SentPhoto> sent, Fields fields)
    {
        var asking = questions.PhotoQuestions(given).ToDictionary(one => one.Id);
        var wanted = sent.Where(one => asking.ContainsKey(one.Question)).ToList();
        if (wanted.Count > Photo.Most) Wrong(wanted[0], "many");
        else if (wanted.FirstOrDefault(one => one.Content is null) is { } large) Wrong(large, "large");
        if (fields.Problems.Count > 0) return [];
        var drawn = new List<(string, Drawn)>();
        foreach (var photo in wanted)
        {
            switch (await PictureIntake.ReadSent(photo.Content!))
            {
                case PictureAnswer.Taken taken:
                    drawn.Add((asking[photo.Question].First.Asked, taken.Picture));
                    break;
                case PictureAnswer.Refused refused:
                    Wrong(photo, refused.Because switch { PictureFault.TooManyPixels => "pixels", PictureFault.Broken => "broken", _ => "none" });
                    return [];
            }
        }
        return drawn;

        void Wrong(SentPhoto photo, string reason) => fields.Problems.Add(new FieldProblem(Questionnaire.FieldOf(photo.Question), Problem.Photo) { Reason = reason });
    }
}
