using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bongsu.Tests.Core.Kernels;

/// <summary>The suites are run a second time with instructions switched off: this says that it really was so.</summary>
public class IntrinsicsTests
{
    [Fact]
    public void IsHardwareAccelerated_SwitchedOff_IsFalse()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_EnableHWIntrinsic") == "0")
        {
            Assert.False(Vector128.IsHardwareAccelerated);
            Assert.False(Vector256.IsHardwareAccelerated);
        }

        if (Environment.GetEnvironmentVariable("DOTNET_EnableAVX2") == "0")
        {
            Assert.False(Avx2.IsSupported);
            Assert.False(Vector256.IsHardwareAccelerated);
        }
    }
}
