using NodaTime;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Clients.Comparing;

/// <summary>Makes one record of two that are the same person.</summary>
internal static class Merges
{
    /// <summary>For so long it can be taken back.</summary>
    public static readonly Duration UndoTime = Duration.FromMinutes(15);

    /// <summary>The one to keep gets these facts and everything that hung on the other, which is gone.</summary>
    public static void Do(Change change, Actor actor, (long Kept, long Gone) owners, OwnerFacts facts)
    {
        change.Db.Execute(
            """
            INSERT INTO merge (kept_id, merged_at, before)
            SELECT $kept, $now, json_object(
              'kept', (SELECT json_object('name', name, 'email', email, 'email_key', email_key, 'phone', phone, 'street', street, 'postcode', postcode, 'city', city,
                                          'language', language, 'note', note, 'reference', reference, 'confirmed_at', confirmed_at) FROM owner WHERE id = $kept),
              'kept_phones', (SELECT json_group_array(phone) FROM (SELECT phone FROM owner_phone WHERE owner_id = $kept ORDER BY position)),
              'gone', (SELECT json_object('id', id, 'name', name, 'email', email, 'email_key', email_key, 'phone', phone, 'street', street, 'postcode', postcode, 'city', city,
                                          'language', language, 'note', note, 'reference', reference, 'confirmed_at', confirmed_at, 'created_at', created_at) FROM owner WHERE id = $gone),
              'gone_phones', (SELECT json_group_array(phone) FROM (SELECT phone FROM owner_phone WHERE owner_id = $gone ORDER BY position)),
              'animals', (SELECT json_group_array(id) FROM animal WHERE owner_id = $gone),
              'appointments', (SELECT json_group_array(id) FROM appointment WHERE owner_id = $gone),
              'waiting', (SELECT json_group_array(id) FROM waiting WHERE owner_id = $gone),
              'consents', (SELECT json_group_array(id) FROM consent WHERE owner_id = $gone),
              'subjects', (SELECT json_group_array(id) FROM owner_subject WHERE owner_id = $gone))
            """,
            ("$kept", owners.Kept), ("$now", change.Now.ToUnixTimeSeconds()), ("$gone", owners.Gone));
        MoveEverything(change.Db, owners);
        // Whoever was both main owner and beside is the main owner.
        change.Db.Execute("DELETE FROM co_owner WHERE owner_id = (SELECT owner_id FROM animal WHERE id = animal_id)");
        change.Db.Execute("DELETE FROM owner WHERE id = $gone", ("$gone", owners.Gone));
        OwnerRecord.Save(change, owners.Kept, facts);
        Audit.Add(change, actor, "owner.merged", "owner", owners.Kept, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"owner:{owners.Gone}"));
    }

    /// <summary>The merge of an owner that can still be taken back; null if none.</summary>
    public static long? Open(Db db, long owner, Instant now) => db.Row(
        "SELECT id FROM merge WHERE kept_id = $id AND merged_at > $since ORDER BY id DESC", row => (long?)row.GetInt64(0), ("$id", owner), ("$since", Since(now)));

    /// <summary>Makes two of one again, as they were. Answers whether there was anything to take back.</summary>
    public static bool TakeBack(Change change, Actor actor, long kept)
    {
        if (Open(change.Db, kept, change.Now) is not { } merge) return false;
        var run = (("$merge", (object?)merge), ("$kept", (object?)kept));
        change.Db.Execute(
            """
            INSERT INTO owner (id, name, email, email_key, phone, street, postcode, city, language, note, reference, confirmed_at, created_at, revision)
            SELECT g ->> 'id', g ->> 'name', g ->> 'email', g ->> 'email_key', g ->> 'phone', g ->> 'street', g ->> 'postcode', g ->> 'city', g ->> 'language',
                   g ->> 'note', g ->> 'reference', g ->> 'confirmed_at', g ->> 'created_at', 1
            FROM (SELECT before -> 'gone' AS g FROM merge WHERE id = $merge)
            """, run.Item1);
        change.Db.Execute(
            """
            UPDATE owner SET (name, email, email_key, phone, street, postcode, city, language, note, reference, confirmed_at) =
              (SELECT k ->> 'name', k ->> 'email', k ->> 'email_key', k ->> 'phone', k ->> 'street', k ->> 'postcode', k ->> 'city', k ->> 'language',
                      k ->> 'note', k ->> 'reference', k ->> 'confirmed_at' FROM (SELECT before -> 'kept' AS k FROM merge WHERE id = $merge)),
              revision = revision + 1
            WHERE id = $kept
            """, run.Item1, run.Item2);
        change.Db.Execute("DELETE FROM owner_phone WHERE owner_id = $kept", run.Item2);
        foreach (var who in (string[])["kept", "gone"])
        {
            change.Db.Execute(
                $"""
                INSERT INTO owner_phone (owner_id, position, phone)
                SELECT {(who == "kept" ? "m.kept_id" : "m.before ->> '$.gone.id'")}, p.key + 1, p.value FROM merge m, json_each(m.before, '$.{who}_phones') p WHERE m.id = $merge
                """, run.Item1);
        }
        foreach (var (table, list) in ((string, string)[])[("animal", "animals"), ("appointment", "appointments"), ("waiting", "waiting"), ("consent", "consents"), ("owner_subject", "subjects")])
        {
            change.Db.Execute(
                $"""
                UPDATE {table} SET owner_id = (SELECT before ->> '$.gone.id' FROM merge WHERE id = $merge)
                WHERE owner_id = $kept AND id IN (SELECT e.value FROM merge m, json_each(m.before, '$.{list}') e WHERE m.id = $merge)
                """, run.Item1, run.Item2);
        }
        change.Db.Execute("DELETE FROM merge WHERE id = $merge", run.Item1);
        Audit.Add(change, actor, "owner.merge-taken-back", "owner", kept);
        return true;
    }

    /// <summary>Forgets what can no longer be taken back.</summary>
    public static int Sweep(Change change) => change.Db.Execute("DELETE FROM merge WHERE merged_at <= $since", ("$since", Since(change.Now)));

    // Whatever refers to an owner, also what was thought of later, goes along.
    private static void MoveEverything(Db db, (long Kept, long Gone) owners)
    {
        var references = db.Rows(
            """
            SELECT m.name, f."from" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table' AND f."table" = 'owner' AND m.name <> 'merge'
            """,
            row => (Table: row.GetString(0), Column: row.GetString(1)));
        foreach (var (table, column) in references.Where(one => one.Table != "owner_phone"))
        {
            db.Execute($"UPDATE OR IGNORE {table} SET {column} = $kept WHERE {column} = $gone", ("$kept", owners.Kept), ("$gone", owners.Gone));
        }
    }

    private static long Since(Instant now) => (now - UndoTime).ToUnixTimeSeconds();
}
