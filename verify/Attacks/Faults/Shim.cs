using System.Diagnostics;
using System.IO.MemoryMappedFiles;

namespace VetBooking.Verify.Attacks.Faults;

/// <summary>What a disk can do to a program; the numbers are those of shim.c.</summary>
internal enum Fault
{
    None,

    /// <summary>Writing fails.</summary>
    Broken,

    /// <summary>No room is left.</summary>
    Full,

    /// <summary>Nothing may be written any more.</summary>
    ReadOnly,

    /// <summary>Half of what should be written is.</summary>
    Short,

    /// <summary>What was written cannot be made durable.</summary>
    Flush,

    /// <summary>Everything takes its time.</summary>
    Slow,

    /// <summary>Nothing is written, and called a success: no program can stand that, so the checker must see it.</summary>
    Lie,
}

/// <summary>shim.c, compiled, with its switch: what a server that is started with it finds between itself and its disk.</summary>
internal sealed class Shim : IDisposable
{
    private readonly MemoryMappedFile page;
    private readonly MemoryMappedViewAccessor control;

    public Shim(Run run, string folder)
    {
        var (library, file) = (Compile(run), run.PathOf("fault-control"));
        File.WriteAllBytes(file, new byte[16]);
        page = MemoryMappedFile.CreateFromFile(file);
        control = page.CreateViewAccessor(0, 16);
        Trace = run.PathOf("fault-trace-" + Path.GetFileName(folder));
        Environment = new() { ["LD_PRELOAD"] = library, ["FAULT_CONTROL"] = file, ["FAULT_ROOT"] = folder };
    }

    /// <summary>What the program is started with.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>Where every call is written down, if it is asked for.</summary>
    public string Trace { get; }

    /// <summary>How many calls were hit since the fault was set.</summary>
    public int Hits => control.ReadInt32(12);

    /// <summary>From now on; at the so-manieth call, or at every one for 0.</summary>
    public void Set(Fault fault, int number)
    {
        control.Write(0, 0);
        control.Write(4, number);
        control.Write(8, 0);
        control.Write(12, 0);
        control.Write(0, (int)fault);
    }

    /// <summary>The disk is well again; answers how many calls were hit.</summary>
    public int Heal()
    {
        control.Write(0, 0);
        return Hits;
    }

    public void Dispose()
    {
        control.Dispose();
        page.Dispose();
    }

    private static string Compile(Run run)
    {
        var library = run.PathOf("shim.so");
        if (File.Exists(library)) return library;
        using var compiler = Process.Start("clang", ["-shared", "-fPIC", "-O1", "-o", library, Path.Combine(Run.Root, "verify", "Attacks", "Faults", "shim.c"), "-ldl", "-lpthread"]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException("shim.c could not be compiled: bin/setup native installs clang.");
    }
}
